"""Whatever is cut or lost on the way, it ends as one post, and what became of it is found out."""

import pytest

from tesselle.domain.errors import NotSentError
from tesselle.domain.verdicts import (
    Absent,
    Present,
    ProcessingFailed,
    ReconciliationKind,
    Seen,
    Silent,
    StillProcessing,
)
from tesselle.networks.tiktok.sandbox.films import NO_NUMBER_YET
from tesselle.networks.tiktok.tests.making import DOUBT, film, photos
from tesselle.simulation.faults import Effect


@pytest.mark.parametrize("effect", DOUBT)
async def test_a_doubtful_film_ends_as_one_post(stage, effect):
    call = await stage.prepared(stage.step(film(stage)))
    stage.fault("create", effect)

    await stage.send_until_settled(call)

    assert len(await stage.public()) == 1


async def test_a_lost_answer_to_the_beginning_is_harmless(stage):
    stage.fault("prepare", Effect.ACCEPT_CUT)
    step = stage.step(film(stage))
    with pytest.raises(NotSentError):
        await stage.prepared(step)

    await stage.send(await stage.prepared(step))

    assert len(await stage.public()) == 1


async def test_a_film_that_is_not_all_there_is_a_sure_no(stage):
    call = await stage.prepared(stage.step(film(stage)))

    assert await stage.look_up(call) == Seen()


async def test_photos_in_doubt_are_left_to_a_person(stage):
    call = await stage.prepared(stage.step(photos(stage)))
    assert call.kind == "photos"
    stage.fault("create", Effect.ACCEPT_CUT)
    await stage.send(call)

    assert isinstance(await stage.look_up(call), Silent)


def test_how_doubt_is_settled_depends_on_the_format(stage):
    connector = stage.plugin.connector

    assert connector.reconciliation("post", stage.account).kind is ReconciliationKind.WITNESS
    assert connector.reconciliation("photos", stage.account).kind is ReconciliationKind.NONE


async def test_what_tiktok_still_works_on_is_waited_for(stage):
    stage.network.flags.add("slow_processing")
    remote = await stage.publish(film(stage))

    seen = [await stage.verify(remote) for _look in range(3)]

    assert [type(one) for one in seen] == [StillProcessing, StillProcessing, Present]


async def test_a_public_post_waits_for_its_number_but_not_for_ever(stage):
    stage.network.flags.add(NO_NUMBER_YET)
    remote = await stage.publish(film(stage))

    early = await stage.verify(remote)
    stage.clock.forward(13 * 3_600)
    late = await stage.verify(remote)

    assert isinstance(early, StillProcessing)
    assert isinstance(late, Present) and late.remote.url == ""


async def test_a_post_for_friends_never_gets_a_number_and_is_there_all_the_same(stage):
    remote = await stage.publish(film(stage, privacy="MUTUAL_FOLLOW_FRIENDS"))

    presence = await stage.verify(remote)

    assert isinstance(presence, Present)
    assert presence.remote.url == ""


async def test_a_public_post_that_nobody_sees_any_more_is_gone(stage):
    remote = await stage.publish(film(stage))
    (made,) = await stage.public()
    await stage.network.remove_post(made.id)

    assert isinstance(await stage.verify(remote), Absent)


async def test_a_film_that_cannot_be_used_has_failed(stage):
    stage.network.flags.add("unreadable_files")
    remote = await stage.publish(film(stage))

    presence = await stage.verify(remote)

    assert isinstance(presence, ProcessingFailed)
    assert "file_format_check_failed" in str(presence.message)
