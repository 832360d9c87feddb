from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account
from tesselle.domain.content import Content
from tesselle.domain.errors import BlockedError, NotSentError, RejectedError
from tesselle.domain.verdicts import Accepted, BlockReason, Later
from tesselle.networks.mastodon import auth, session
from tesselle.simulation.faults import Effect

BACK = "https://tesselle.example/back"


@pytest.mark.parametrize(
    ("typed", "server"),
    [
        ("mastodon.example", "https://mastodon.example"),
        (" HTTPS://Mastodon.Example/ ", "https://mastodon.example"),
        ("@alice@mastodon.example", "https://mastodon.example"),
        ("alice@mastodon.example", "https://mastodon.example"),
        ("https://mastodon.example/@alice/1234", "https://mastodon.example"),
        ("https://mastodon.example/web/home", "https://mastodon.example"),
        ("http://127.0.0.1:8000/mastodon/pixelfed", "http://127.0.0.1:8000/mastodon/pixelfed"),
    ],
)
def test_what_a_person_types_becomes_the_servers_address(typed, server):
    assert auth.normalise_server(typed) == server


@pytest.mark.parametrize("typed", ["", "ftp://mastodon.example", "https://", "two words"])
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(RejectedError):
        auth.normalise_server(typed)


async def approved(stage, sign_in):
    """Where the server sends a person who said yes."""
    body = f"account={stage.opened.id}".encode()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    exchange = await stage.transport.exchange(Request("POST", sign_in.url, form, body))
    assert exchange.response.status == 302
    return dict(parse_qsl(urlsplit(exchange.response.headers["location"]).query))


async def signed_in(stage):
    api = stage.api()
    client = await auth.register(stage.account.server, BACK, "https://tesselle.example", api)
    sign_in = auth.begin(stage.account.server, client, BACK)
    returned = await approved(stage, sign_in)
    return await auth.finish(stage.account.server, client, sign_in, returned, api)


async def test_signing_in_with_the_servers_own_page_gives_a_token_that_posts(stage):
    credentials = await signed_in(stage)

    empty = Account("", "", "", stage.account.server, {}, credentials)
    identity = await stage.plugin.connector.identify(credentials, stage.api(empty))

    assert identity.missing == ()
    assert identity.account.remote_id == stage.account.remote_id
    assert set(credentials) == {"access_token", "client_id", "client_secret"}


async def test_an_answer_with_another_state_is_not_ours(stage):
    api, server = stage.api(), stage.account.server
    client = await auth.register(server, BACK, "", api)
    sign_in = auth.begin(server, client, BACK)
    returned = await approved(stage, sign_in)

    with pytest.raises(BlockedError):
        await auth.finish(server, client, sign_in, {**returned, "state": "other"}, api)


async def test_a_code_without_its_verifier_is_worth_nothing(stage):
    api, server = stage.api(), stage.account.server
    client = await auth.register(server, BACK, "", api)
    sign_in, other = auth.begin(server, client, BACK), auth.begin(server, client, BACK)
    returned = await approved(stage, sign_in)

    with pytest.raises(BlockedError) as raised:
        await auth.finish(server, client, other, {**returned, "state": other.state}, api)

    assert raised.value.reason == BlockReason.SIGN_IN


async def test_a_person_who_says_no_is_told_so(stage):
    client = auth.Client("1", "2")
    sign_in = auth.begin(stage.account.server, client, BACK)
    returned = {"state": sign_in.state, "error": "access_denied"}

    with pytest.raises(BlockedError, match="access_denied"):
        await auth.finish(stage.account.server, client, sign_in, returned, stage.api())


async def test_a_server_without_fine_rights_is_asked_for_the_wide_ones(stage_on):
    stage = await stage_on("pixelfed")

    client = await auth.register(stage.account.server, BACK, "", stage.api())

    assert client.scopes == auth.WIDE_SCOPES


async def test_a_token_that_runs_out_is_renewed(stage_on):
    stage = await stage_on("pixelfed")
    credentials = await signed_in(stage)
    account = Account("pixelfed", stage.account.remote_id, "", stage.account.server, {}, credentials)
    api = stage.api(account)
    first = await session.open_or_renew({}, api)
    stage.clock.forward(366 * 86_400)

    assert not session.is_fresh(first, stage.clock.now)
    renewed = await session.open_or_renew(first, stage.api(account))

    assert renewed["access_token"] != first["access_token"]
    assert renewed["refresh_token"] != first["refresh_token"]
    assert datetime.fromisoformat(renewed["expires_at"]) == stage.clock.now + timedelta(days=365)


async def test_a_dead_token_that_can_be_renewed_is_no_matter_for_a_person(stage):
    stage.account = Account(
        "mastodon", "1", "", stage.account.server, {}, {**stage.account.credentials, "refresh_token": "r"}
    )
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    stage.fault("create", Effect.EXPIRED)

    verdict = await stage.send(call)

    assert isinstance(verdict, Later)
    assert verdict.renew_session
    assert isinstance(await stage.send(call), Accepted)


async def test_a_wrong_token_is_named(stage):
    empty = Account("", "", "", stage.account.server, {}, {"access_token": "wrong"})

    with pytest.raises(BlockedError, match="does not know this access token"):
        await stage.plugin.connector.identify({"access_token": "wrong"}, stage.api(empty))


async def test_a_server_that_is_something_else_is_named(stage):
    elsewhere = Account("", "", "", "https://nowhere.example", {}, {"access_token": "x"})

    with pytest.raises(NotSentError, match="does not answer as a Mastodon server"):
        await stage.plugin.connector.identify({}, stage.api(elsewhere))


async def test_a_token_that_may_not_write_is_told_before_the_first_post(stage):
    await stage.network.keep(
        "tokens", "reader", {"account": stage.account.remote_id, "app": "Reader", "scopes": "read"}
    )
    empty = Account("", "", "", stage.account.server, {}, {"access_token": "reader"})

    identity = await stage.plugin.connector.identify({"access_token": "reader"}, stage.api(empty))

    assert len(identity.missing) == 1
    assert "write" in str(identity.missing[0])
