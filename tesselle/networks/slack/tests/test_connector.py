"""The connector on its own sandbox: what goes out, and what becomes of a lost answer."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tesselle.connectors.protocols import Account
from tesselle.domain.content import Content
from tesselle.domain.errors import RejectedError
from tesselle.domain.verdicts import Accepted, Doubtful, Silent
from tesselle.networks.slack.limits import ONE_MESSAGE
from tesselle.simulation.faults import Effect

LINK = "https://carrelage.example/collection?a=1&b=2"


async def sent(stage, content: Content) -> dict[str, Any]:
    call = await stage.prepared(stage.step(content))
    assert isinstance(await stage.send(call), Accepted)
    return json.loads((await stage.request_for(call)).body)


async def identify(stage, **typed: str):
    answers = {**stage.opened.answers, **typed}
    return await stage.plugin.connector.identify(answers, stage.api(Account("", "", "", "")))


async def test_a_message_goes_out_under_the_name_that_its_step_has(stage):
    call = await stage.prepared(stage.step(Content(text="Nouvelle collection")))

    verdict = await stage.send(call)

    assert isinstance(verdict, Accepted)
    assert verdict.remote.id == call.key
    assert [post.text for post in await stage.public()] == ["Nouvelle collection"]


async def test_nobodys_words_can_call_a_whole_channel(stage):
    message = await sent(stage, Content(text="<!channel> 1 < 2 & 3 > 2"))

    (post,) = await stage.public()
    assert message["text"] == "&lt;!channel&gt; 1 &lt; 2 &amp; 3 &gt; 2"
    assert post.text == "<!channel> 1 < 2 & 3 > 2"
    assert post.data["called"] == []


async def test_the_sandbox_would_call_a_channel_if_we_did_not_escape(stage):
    call = await stage.prepared(stage.step(Content(text="x")))
    careless = replace(call, frozen={"message": {"text": "<!channel> Bonjour"}})

    await stage.send(careless)

    assert (await stage.public())[0].data["called"] == ["channel"]


async def test_a_link_ends_the_text_or_travels_beside_a_full_one(stage):
    short = await sent(stage, Content(text="À voir", link=LINK))
    full = await sent(stage, Content(text="a" * ONE_MESSAGE, link=LINK))

    escaped = LINK.replace("&", "&amp;")
    assert short["text"] == f"À voir\n\n{escaped}"
    assert "attachments" not in short
    assert full["attachments"] == [{"fallback": escaped, "text": f"<{escaped}>"}]
    assert len(await stage.public()) == 2


async def test_options_reach_slack(stage):
    message = await sent(stage, Content(text="*x*", options={"markup": "plain", "previews": "none"}))

    assert message["mrkdwn"] is False
    assert message["unfurl_links"] is message["unfurl_media"] is False


async def test_every_attempt_sends_the_same_bytes_over_a_connection_of_its_own(stage):
    call = await stage.prepared(stage.step(Content(text="Une fois")))

    first, again = await stage.request_for(call), await stage.request_for(await stage.prepared(call))

    assert first == again
    assert first.fresh_connection


async def test_a_lost_answer_is_doubt_that_nobody_can_settle(stage):
    call = await stage.prepared(stage.step(Content(text="Qui sait")))
    stage.fault("create", Effect.ACCEPT_5XX)

    verdict = await stage.send(call)

    assert isinstance(verdict, Doubtful)
    assert isinstance(await stage.look_up(call), Silent)


async def test_the_address_shows_nowhere(stage):
    secret = stage.opened.answers["address"].rpartition("/")[2]
    call = await stage.prepared(stage.step(Content(text="Bonjour")))
    request = await stage.request_for(call)

    assert secret in request.url
    assert secret not in repr(request) + repr(stage.account) + json.dumps(dict(call.frozen))
    assert secret not in request.without_address(f"cannot connect to {request.url}")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", "address"),
        ("hello", "not_a_webhook"),
        ("https://hooks.slack.com/workflows/T1/A1/2/x", "workflow"),
        ("https://hooks.slack.com/triggers/T1/2/x", "workflow"),
        ("http://hooks.slack.com/services/T1/B1/x", "address"),
        ("https://u:p@hooks.slack.com/services/T1/B1/x", "address"),
        ("https://hooks.slack.com:port/services/T1/B1/x", "address"),
    ],
)
async def test_what_is_no_webhook_is_said_and_not_quoted(stage, address, reason):
    with pytest.raises(RejectedError) as told:
        await identify(stage, address=address)

    assert told.value.reason == reason
    assert not address or address not in str(told.value)


async def test_connecting_posts_nothing_and_keeps_the_address_as_a_secret(stage):
    identity = await identify(stage, name=" #annonces ")

    assert identity.display_name == "#annonces"
    assert identity.account.remote_id == stage.opened.id
    assert identity.account.server == "https://hooks.slack.example"
    assert await stage.network.truth() == []


@pytest.mark.parametrize("purpose", ["edit", "delete", "answer"])
def test_what_a_webhook_cannot_do_is_not_offered(purpose):
    from tesselle.networks.slack.connector import CONNECTOR

    with pytest.raises(ValueError, match=purpose):
        CONNECTOR.steps(purpose, Content(text="x"), Account("channel", "", "", ""))
