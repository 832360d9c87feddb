"""The connector on its own sandbox."""

import json
from dataclasses import replace
from functools import partial

import pytest

from tesselle.connectors.protocols import Account
from tesselle.connectors.tests.stage import open_stage
from tesselle.domain.content import Content
from tesselle.domain.errors import NotSentError, RejectedError
from tesselle.domain.verdicts import Accepted, Blocked, BlockReason, Silent
from tesselle.networks import plugin
from tesselle.simulation.faults import Effect

LINK = "https://carrelage.example/collection"


async def identify(stage, **typed: str):
    answers = {**stage.opened.answers, **typed}
    return await stage.plugin.connector.identify(answers, stage.api(Account("", "", "", "")))


async def test_markdown_goes_out_as_typed_with_its_link(stage):
    await stage.publish(Content(text="**Nouveau** & <beau>", link=LINK))

    assert [post.text for post in await stage.public()] == [f"**Nouveau** & <beau>\n\n{LINK}"]


async def test_a_server_whose_posts_hold_less_is_respected(tmp_path):
    here = plugin("mattermost")
    small = partial(here.sandbox.open_account, longest=4000)
    stage = await open_stage(replace(here, sandbox=replace(here.sandbox, open_account=small)), tmp_path)

    await stage.publish(Content(text="a" * 4000, link=LINK))

    (post,) = await stage.public()
    assert post.data["attachments"] == [{"fallback": LINK, "text": LINK}]
    assert stage.plugin.connector.limits(stage.account).texts[0].maximum == 4000


async def test_a_deleted_webhook_is_not_the_contents_fault(stage):
    gone = replace(stage.account, credentials={"address": f"https://mattermost.example/hooks/{'z' * 26}"})
    call = replace(await stage.prepared(stage.step(Content(text="Bonjour"))), account=gone)

    verdict = await stage.send(call)

    assert isinstance(verdict, Blocked)
    assert verdict.reason is BlockReason.SIGN_IN


async def test_a_server_that_switched_webhooks_off_is_somebody_elses_to_mend(stage):
    stage.network.flags.add("webhooks_disabled")

    verdict = await stage.send(await stage.prepared(stage.step(Content(text="Bonjour"))))

    assert isinstance(verdict, Blocked)
    assert verdict.reason is BlockReason.ROLE


async def test_a_lost_answer_cannot_be_looked_for(stage):
    call = await stage.prepared(stage.step(Content(text="Qui sait")))
    stage.fault("create", Effect.ACCEPT_CUT)
    await stage.send(call)

    assert isinstance(await stage.look_up(call), Silent)


async def test_the_address_shows_nowhere(stage):
    secret = stage.opened.answers["address"].rpartition("/")[2]
    call = await stage.prepared(stage.step(Content(text="Bonjour")))
    request = await stage.request_for(call)

    assert secret in request.url
    assert request.fresh_connection
    assert secret not in repr(request) + repr(stage.account) + json.dumps(dict(call.frozen))


async def test_connecting_asks_the_server_only_and_posts_nothing(stage):
    identity = await identify(stage)

    assert identity.account.server == "https://mattermost.example"
    assert identity.display_name == "~carrelage"
    assert await stage.network.truth() == []


async def test_a_server_in_a_folder_of_its_host_is_found(stage):
    with pytest.raises(
        RejectedError, match=r"No Mattermost server answers at https://mattermost\.example/chat"
    ):
        await identify(stage, address=f"https://mattermost.example/chat/hooks/{'a' * 26}")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"address": "https://mattermost.example/hooks/short"}, "not_a_webhook"),
        ({"longest": "many"}, "longest"),
        ({"longest": "20000"}, "longest"),
        ({"longest": "10"}, "longest"),
    ],
)
async def test_what_cannot_be_right_is_said(stage, typed, reason):
    with pytest.raises(RejectedError) as told:
        await identify(stage, **typed)

    assert told.value.reason == reason


async def test_a_host_that_is_not_there_is_said(stage):
    with pytest.raises(NotSentError, match="did not answer"):
        await identify(stage, address=f"https://nowhere.example/hooks/{'a' * 26}")


async def test_a_throttle_says_when_to_come_back(stage):
    stage.fault("create", Effect.THROTTLE, seconds=7)

    verdict = await stage.send(await stage.prepared(stage.step(Content(text="Vite"))))

    assert (verdict.until - stage.clock.now).total_seconds() == 7


async def test_twice_the_same_step_would_be_two_messages_there(stage):
    """Why nothing is sent again by itself."""
    call = await stage.prepared(stage.step(Content(text="Deux fois ?")))

    assert [type(await stage.send(call)) for _ in range(2)] == [Accepted, Accepted]
    assert len(await stage.public()) == 2
