from datetime import datetime, timedelta

import pytest

from tesselle.connectors import oauth2
from tesselle.connectors.protocols import Account
from tesselle.connectors.tests.sign_in_contract import app_for, signed_in
from tesselle.domain.content import Content
from tesselle.domain.errors import BlockedError, NotSentError, RejectedError
from tesselle.domain.verdicts import Accepted, Later
from tesselle.networks.mastodon import NETWORK, auth
from tesselle.simulation.faults import Effect

(WAY,) = NETWORK.sign_ins


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


async def test_a_server_without_fine_rights_is_asked_for_the_wide_ones(stage_on):
    stage = await stage_on("pixelfed")

    app = await app_for(stage, WAY)

    assert app.scopes == auth.WIDE_SCOPES
    assert "scope=read%20write&" in auth.ServerSignIn(WAY).address(app, "https://back.example", "s", "v")


@pytest.mark.parametrize(
    ("server", "words"),
    [
        ("https://nowhere.example", "does not answer. Check the address"),
        ("https://mastodon.example/blog", "does not answer as a Mastodon server"),
    ],
)
async def test_a_wrong_server_is_named_before_anybody_is_sent_there(stage, server, words):
    with pytest.raises(NotSentError, match=words):
        await auth.ServerSignIn(WAY).register(server, "https://back.example", "", stage.api())


async def test_a_token_that_runs_out_is_renewed(stage_on):
    stage = await stage_on("pixelfed")
    kept = await signed_in(stage, WAY)
    account = Account("pixelfed", stage.account.remote_id, "", stage.account.server, {}, kept)
    connector = stage.plugin.connector
    first = await connector.open_session({}, stage.api(account))
    stage.clock.forward(366 * 86_400)

    assert not connector.session_is_fresh(first, stage.clock.now)
    renewed = await connector.open_session(first, stage.api(account))

    assert renewed["access_token"] != first["access_token"]
    assert renewed["refresh_token"] != first["refresh_token"]
    assert datetime.fromisoformat(renewed["expires_at"]) == stage.clock.now + timedelta(days=365)


async def test_a_token_refused_before_its_time_is_renewed_with_the_newest_refresh_token(stage_on):
    stage = await stage_on("pixelfed")
    kept = await signed_in(stage, WAY)
    account = Account("pixelfed", stage.account.remote_id, "", stage.account.server, {}, kept)
    api = stage.api(account)
    await api.session()
    await api.renew_ahead()
    rotated = await api.session()

    await api.forget_session()
    again = await api.session()

    assert rotated["refresh_token"] != kept["refresh_token"]
    assert again["refresh_token"] not in {kept["refresh_token"], rotated["refresh_token"]}


async def test_a_sign_in_without_anything_to_renew_it_with_is_over_when_refused(stage):
    api = stage.api()
    await api.session()
    await api.forget_session()

    with pytest.raises(BlockedError):
        await api.session()


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
    empty = oauth2.account_with({"access_token": "wrong"}, stage.account.server)

    with pytest.raises(BlockedError, match="does not know this access token"):
        await stage.plugin.connector.identify({"access_token": "wrong"}, stage.api(empty))


async def test_a_server_that_is_something_else_is_named(stage):
    elsewhere = oauth2.account_with({"access_token": "x"}, "https://nowhere.example")

    with pytest.raises(NotSentError, match="does not answer as a Mastodon server"):
        await stage.plugin.connector.identify({}, stage.api(elsewhere))


async def test_a_token_that_may_not_write_is_told_before_the_first_post(stage):
    await stage.network.keep(
        "tokens", "reader", {"account": stage.account.remote_id, "app": "Reader", "scopes": "read"}
    )
    empty = oauth2.account_with({"access_token": "reader"}, stage.account.server)

    identity = await stage.plugin.connector.identify({"access_token": "reader"}, stage.api(empty))

    assert len(identity.missing) == 1
    assert "write" in str(identity.missing[0])
