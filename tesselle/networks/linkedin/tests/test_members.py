"""A member's posts can be made, changed and deleted, and seen by nobody who asks through the API."""

import pytest

from tesselle.connectors.tests import contract
from tesselle.domain.content import Content
from tesselle.domain.errors import BlockedError
from tesselle.domain.verdicts import Accepted, Doubtful, Duplicate, ReconciliationKind, Silent
from tesselle.simulation.faults import Effect


@pytest.mark.parametrize("step", ["post", "comment", "answer"])
def test_doubt_about_a_member_is_for_a_person(member, step):
    assert member.plugin.connector.reconciliation(step, member.account).kind is ReconciliationKind.NONE


@pytest.mark.parametrize("effect", list(Effect))
async def test_every_effect_is_understood(member, effect):
    await contract.an_effect_on_create_is_understood(member, effect)


async def test_nothing_is_claimed_that_cannot_be_known(member):
    await contract.what_cannot_be_told_is_not_told(member)
    post = await member.publish(Content(text="Tiles"))

    assert not member.plugin.connector.reads_back(member.account)
    assert isinstance(await member.verify(post), Silent)


async def test_a_call_that_nobody_can_ask_about_gets_a_connection_of_its_own(member, stage_for):
    page = await stage_for("page")
    for stage, fresh in ((member, True), (page, False)):
        call = await stage.prepared(stage.step(Content(text="Tiles")))
        assert (await stage.request_for(call)).fresh_connection is fresh


async def test_a_picture_is_given_a_moment_since_nobody_may_ask_how_far_it_is(member, waited):
    await member.publish(Content(text="Tiles", media=(member.image(),)))

    assert waited == [4]
    assert len((await member.public())[0].media) == 1


async def test_only_connections_can_be_chosen(member):
    await member.publish(Content(text="Tiles", options={"visibility": "CONNECTIONS"}))

    assert (await member.public())[0].data["visibility"] == "CONNECTIONS"


async def test_a_first_comment_an_edit_and_a_deletion_go_out(member):
    content = Content(text="Tiles", options={"first_comment": "Prix (TTC)"})
    post = await member.publish(content)

    steps = (
        member.step(content, "comment", position=1, earlier=(post,)),
        member.step(Content(text="Better tiles"), "edit", target=post),
        member.step(Content(), "delete", target=post),
    )
    for step in steps:
        assert isinstance(await member.send(await member.prepared(step)), Accepted)

    assert [one.text for one in await member.public()] == ["Prix (TTC)"]


async def test_the_network_itself_keeps_a_repeat_out(member):
    call = await member.prepared(member.step(Content(text="Tiles")))
    member.fault("create", Effect.ACCEPT_CUT)

    first = await member.exchange(call)
    second = await member.send(call)

    assert first.response is None
    assert isinstance(second, Duplicate)
    assert len(await member.public()) == 1


async def test_there_is_no_past_no_conversation_and_no_figure(member):
    post = await member.publish(Content(text="Tiles"))
    connector, api = member.plugin.connector, member.api()

    assert await connector.history(api, member.clock.now) == ()
    assert await connector.post_figures((post,), api) == ()
    assert (await connector.channel_figures(api)).values == {}
    with pytest.raises(BlockedError, match="lets nobody read"):
        await connector.replies(post, api)


async def test_garbage_after_a_members_post_is_doubt(member):
    call = await member.prepared(member.step(Content(text="Tiles")))
    member.fault("create", Effect.GARBAGE)

    assert isinstance(await member.send(call), Doubtful)
