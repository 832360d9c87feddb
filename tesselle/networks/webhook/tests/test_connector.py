"""The connector on its own receiver: once, whatever happens to the answers."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tesselle.connectors.http.aiohttp_transport import AiohttpTransport
from tesselle.connectors.http.exchange import Request, Response
from tesselle.connectors.http.guarded import Guard, GuardedTransport
from tesselle.connectors.protocols import Account
from tesselle.domain.content import Content
from tesselle.domain.errors import NotSentError, RejectedError
from tesselle.domain.verdicts import Accepted, Blocked, Doubtful, Duplicate, Later, Refused
from tesselle.simulation.faults import Effect

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


async def identify(stage, **typed: str):
    answers = {**stage.opened.answers, **typed}
    return await stage.plugin.connector.identify(answers, stage.api(Account("", "", "", "")))


async def test_an_event_tells_of_the_post(stage):
    remote = await stage.publish(Content(text="Nouvelle collection", title="Grès", link="https://x.example"))

    (post,) = await stage.public()
    assert (post.text, post.title, post.id) == ("Nouvelle collection", "Grès", remote.id)
    assert set(post.data["data"]) == {"id", "text", "title", "link"}
    assert post.data["timestamp"] == "2026-11-23T09:30:00.000Z"


@pytest.mark.parametrize(
    "effect", [Effect.ACCEPT_CUT, Effect.ACCEPT_5XX, Effect.CUT_UNREAD, Effect.FAIL_5XX, Effect.GARBAGE]
)
async def test_repeating_after_a_lost_answer_gives_one_post(stage, effect):
    call = await stage.prepared(stage.step(Content(text="Une fois")))
    stage.fault("create", effect)
    assert isinstance(await stage.send(call), Doubtful)
    stage.clock.forward(3600)

    remote = await stage.send_until_settled(call)

    assert [(post.text, post.id) for post in await stage.public()] == [("Une fois", remote.id)]


async def test_a_post_is_changed_and_taken_away_by_its_first_id(stage):
    remote = await stage.publish(Content(text="Carelage"))
    for kind, content in (("edit", Content(text="Carrelage")), ("delete", Content())):
        call = await stage.prepared(stage.step(content, kind, target=remote))
        assert await stage.send(call) == Accepted(remote)
        assert await stage.send(call) == Accepted(remote)
        assert [post.text for post in await stage.public()] == ([] if kind == "delete" else ["Carrelage"])


async def test_the_receiver_may_say_where_the_post_is_to_be_seen(stage):
    call = await stage.prepared(stage.step(Content(text="Bonjour")))
    read = stage.plugin.connector.read

    told = read(call, Response(200, {}, b'{"url": "https://intranet.example/1"}'), NOW)
    dangerous = read(call, Response(200, {}, b'{"url": "javascript:alert(1)"}'), NOW)

    assert told.remote.url == "https://intranet.example/1"
    assert dangerous.remote.url == ""


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (301, Blocked),
        (400, Refused),
        (401, Blocked),
        (404, Blocked),
        (405, Blocked),
        (408, Doubtful),
        (409, Duplicate),
        (410, Blocked),
        (413, Refused),
        (418, Doubtful),
        (422, Refused),
        (429, Later),
        (500, Doubtful),
        (502, Doubtful),
        (504, Doubtful),
    ],
)
def test_a_status_means(stage_free_connector, status, verdict):
    assert isinstance(stage_free_connector.judge(Response(status, {}, b""), NOW), verdict)


@pytest.fixture
def stage_free_connector():
    from tesselle.networks.webhook.connector import CONNECTOR

    return CONNECTOR


@pytest.mark.parametrize("body", [b"", b"ok", b'{"id": "1"}', b"[]"])
async def test_any_2xx_is_a_yes(stage, body):
    call = await stage.prepared(stage.step(Content(text="Bonjour")))

    assert isinstance(stage.plugin.connector.read(call, Response(204, {}, body), NOW), Accepted)


async def test_a_dead_signature_is_a_matter_of_signing_in(stage):
    wrong = {**stage.account.credentials, "secret": "whsec_" + "QUFB" * 11}
    call = await stage.prepared(stage.step(Content(text="Bonjour")))

    verdict = await stage.send(replace(call, account=replace(stage.account, credentials=wrong)))

    assert isinstance(verdict, Blocked)
    assert await stage.network.truth() == []


async def test_an_old_timestamp_is_refused_by_the_receiver(stage):
    request = await stage.request_for(await stage.prepared(stage.step(Content(text="Bonjour"))))
    stage.clock.forward(301)

    exchange = await stage.transport.exchange(request)

    assert exchange.response.status == 401


async def test_connecting_sends_no_event(stage):
    identity = await identify(stage, name="Intranet")

    assert identity.display_name == "Intranet"
    assert identity.account.server == "https://webhook.example"
    assert set(identity.account.credentials) == {"address", "secret"}
    assert await stage.network.truth() == []


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"secret": "hello"}, "secret"),
        ({"secret": ""}, "secret"),
        ({"secret": " ".join(["whsec_" + "QUFB" * 11] * 3)}, "secret"),
        ({"address": "http://intranet.example/hook"}, "address"),
        ({"address": "ftp://intranet.example/hook"}, "address"),
    ],
)
async def test_what_cannot_be_right_is_said(stage, typed, reason):
    with pytest.raises(RejectedError) as told:
        await identify(stage, **typed)

    assert told.value.reason == reason


async def test_an_address_where_nobody_answers_is_said(stage):
    with pytest.raises(NotSentError, match="did not answer"):
        await identify(stage, address="https://nowhere.example/hook")


@pytest.mark.parametrize(
    "address",
    ["https://127.0.0.1/hook", "https://10.1.2.3/hook", "https://[::1]/hook", "https://169.254.169.254/"],
)
async def test_an_address_in_a_private_network_is_not_spoken_to(stage, address):
    """As every address that a person types, it goes through the guarded client."""
    transport = AiohttpTransport()
    stage.transport = GuardedTransport(transport, Guard())
    try:
        with pytest.raises(NotSentError, match="lies in a private network"):
            await identify(stage, address=address)
    finally:
        await transport.close()


async def test_neither_address_nor_secret_shows_anywhere(stage):
    request: Request = await stage.request_for(await stage.prepared(stage.step(Content(text="Bonjour"))))
    secret = stage.opened.answers["secret"].removeprefix("whsec_")
    shown = repr(request) + repr(stage.account) + json.dumps(dict(request.headers)) + request.body.decode()

    assert secret not in shown
    assert stage.opened.answers["address"].rpartition("/")[2] not in shown
