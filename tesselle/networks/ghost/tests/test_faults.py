"""What may go wrong on the way, in the sandbox's own words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content
from tesselle.domain.errors import NetworkError, RejectedError, TryLaterError
from tesselle.domain.verdicts import Absent, Later, Silent
from tesselle.networks.ghost.connector import CONNECTOR
from tesselle.simulation.faults import Effect


@pytest.mark.parametrize("effect", [Effect.ACCEPT_CUT, Effect.ACCEPT_5XX, Effect.GARBAGE, Effect.FAIL_5XX])
async def test_a_lost_answer_to_a_draft_leaves_one_draft(stage: Stage, effect: Effect):
    call = stage.step(Content(text="Carreaux"))
    stage.fault("prepare", effect, skip=1)  # the look for an older draft goes well
    with pytest.raises(NetworkError):
        await stage.prepared(call)

    await stage.prepared(call)

    assert len([post for post in await stage.network.truth() if post.text == "Carreaux"]) == 1


async def test_a_draft_that_comes_late_is_swept_up_and_nothing_is_public_twice(stage: Stage):
    call = stage.step(Content(text="Carreaux"))
    stage.fault("prepare", Effect.ACCEPT_LATE, skip=1, seconds=30)
    with pytest.raises(NetworkError):
        await stage.prepared(call)

    await stage.send(await stage.prepared(call))

    assert [post.text for post in await stage.public()] == ["Carreaux"]


async def test_a_refused_file_is_the_contents_fault(stage: Stage):
    stage.fault("upload", Effect.REFUSE_MEDIA)

    with pytest.raises(RejectedError, match="does not take this kind of file"):
        await stage.prepared(stage.step(Content(text="Carreaux", media=(stage.image(),))))


async def test_a_picture_that_is_none_is_the_contents_fault(stage: Stage):
    picture = stage.image()
    (stage.folder / picture.asset).write_bytes(b"no picture")

    with pytest.raises(RejectedError, match="cannot read a picture"):
        await stage.prepared(stage.step(Content(text="Carreaux", media=(picture,))))


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


async def test_a_post_taken_back_into_a_draft_is_absent(stage: Stage):
    remote = await stage.publish(Content(text="Carreaux"))
    post = await stage.network.stored_post(remote.id)
    assert post is not None
    await stage.network.save_post(replace(post, draft=True, data={**post.data, "status": "draft"}))

    assert await stage.verify(remote) == Absent()


async def test_a_token_is_renewed_before_it_ends_and_after_the_clock_was_set_back(stage: Stage):
    session, now = await stage.api().session(), stage.clock.now

    def fresh(seconds: float) -> bool:
        return CONNECTOR.session_is_fresh(session, now + timedelta(seconds=seconds))

    assert [fresh(seconds) for seconds in (0, 239, 241, 300, -1)] == [True, True, False, False, False]


async def test_a_token_that_ran_out_on_the_way_is_tried_anew(stage: Stage):
    call = await stage.prepared(stage.step(Content(text="Carreaux")))
    request = await stage.request_for(call)
    stage.clock.forward(301)

    exchange = await stage.transport.exchange(request)

    assert exchange.response is not None
    verdict = CONNECTOR.read(call, exchange.response, stage.clock.now)
    assert isinstance(verdict, Later) and verdict.renew_session


async def test_the_key_shows_nowhere(stage: Stage):
    secret = stage.opened.answers["key"].partition(":")[2]
    call = await stage.prepared(stage.step(Content(text="Carreaux")))
    request = await stage.request_for(call)

    assert secret not in repr(request) + repr(stage.account) + repr(call.frozen) + repr(dict(request.headers))
