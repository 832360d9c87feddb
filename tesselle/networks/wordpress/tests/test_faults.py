"""What may go wrong on the way, in the sandbox's own words."""

import pytest

from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content
from tesselle.domain.errors import NetworkError, RejectedError, TryLaterError
from tesselle.domain.verdicts import Doubtful, Silent
from tesselle.simulation.faults import Effect


@pytest.mark.parametrize("effect", [Effect.ACCEPT_CUT, Effect.ACCEPT_5XX, Effect.GARBAGE, Effect.FAIL_5XX])
async def test_a_lost_answer_to_a_draft_leaves_one_draft(stage: Stage, effect: Effect):
    call = stage.step(Content(text="Carreaux"))
    stage.fault("prepare", effect)
    with pytest.raises(NetworkError):
        await stage.prepared(call)

    await stage.prepared(call)

    assert len([post for post in await stage.network.truth() if post.text == "Carreaux"]) == 1


async def test_a_draft_that_comes_late_is_swept_up_and_nothing_is_public_twice(stage: Stage):
    call = stage.step(Content(text="Carreaux"))
    stage.fault("prepare", Effect.ACCEPT_LATE, seconds=30)
    with pytest.raises(NetworkError):
        await stage.prepared(call)

    await stage.send(await stage.prepared(call))

    assert [post.text for post in await stage.public()] == ["Carreaux"]


@pytest.mark.parametrize("effect", [Effect.ACCEPT_CUT, Effect.ACCEPT_5XX, Effect.GARBAGE])
async def test_a_file_whose_upload_was_answered_badly_is_not_sent_twice(stage: Stage, effect: Effect):
    call = stage.step(Content(text="Carreaux", media=(stage.image(),)))
    stage.fault("upload", effect)
    with pytest.raises(NetworkError):
        await stage.prepared(call)

    await stage.prepared(call)

    assert len(await stage.network.all_kept("media")) == 1


async def test_a_refused_file_is_the_contents_fault(stage: Stage):
    stage.fault("upload", Effect.REFUSE_MEDIA)

    with pytest.raises(RejectedError, match="does not take this kind of file"):
        await stage.prepared(stage.step(Content(text="Carreaux", media=(stage.image(),))))


async def test_a_throttle_on_the_way_says_when_to_come_back(stage: Stage):
    stage.fault("prepare", Effect.THROTTLE, seconds=30)

    with pytest.raises(TryLaterError):
        await stage.prepared(stage.step(Content(text="Carreaux")))


@pytest.mark.parametrize(
    "effect", [Effect.EXPIRED, Effect.THROTTLE, Effect.FAIL_5XX, Effect.HANG, Effect.GARBAGE]
)
async def test_a_look_up_that_fails_says_nothing(stage: Stage, effect: Effect):
    call = await stage.prepared(stage.step(Content(text="Carreaux")))
    stage.fault("list", effect)

    assert isinstance(await stage.look_up(call), Silent)


async def test_a_lost_answer_to_a_comment_is_found_by_its_key(stage: Stage):
    remote = await stage.publish(Content(text="Carreaux"))
    call = await stage.prepared(stage.step(Content(text="Merci"), "answer", target=remote))
    stage.fault("create", Effect.ACCEPT_CUT)
    assert isinstance(await stage.send(call), Doubtful)

    found = await stage.send_until_settled(call)

    assert len([post for post in await stage.network.truth() if post.text == "Merci"]) == 1
    assert found.extra["post"] == remote.id
