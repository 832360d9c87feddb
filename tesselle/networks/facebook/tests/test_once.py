"""A post in doubt ends as one post, and a look that fails says nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tesselle.domain.content import Content
from tesselle.domain.verdicts import (
    Accepted,
    Doubtful,
    Duplicate,
    ReconciliationKind,
    Silent,
)
from tesselle.networks.facebook.sandbox.feed import MADE_BUT_CODE_2
from tesselle.simulation.faults import Effect


@pytest.mark.parametrize("has_picture", [False, True])
@pytest.mark.parametrize("effect", [Effect.ACCEPT_CUT, Effect.ACCEPT_5XX, Effect.GARBAGE, Effect.CUT_UNREAD])
async def test_a_doubtful_post_ends_as_one_post(stage, effect, has_picture):
    media = (stage.image(),) if has_picture else ()
    call = await stage.prepared(stage.step(Content(text="Tiles", media=media)))
    stage.fault("create", effect)

    await stage.send_until_settled(call)

    assert [post.text for post in await stage.public()] == ["Tiles"]


async def test_code_2_does_not_mean_that_nothing_was_made(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    stage.network.flags.add(MADE_BUT_CODE_2)

    verdict = await stage.send(call)

    assert isinstance(verdict, Doubtful)
    assert len(await stage.found(call)) == 1


async def test_the_same_words_again_are_a_reason_to_look(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles")))

    first, second = await stage.send(call), await stage.send(call)

    assert isinstance(first, Accepted)
    assert isinstance(second, Duplicate)
    assert [one.remote.id for one in await stage.found(call)] == [first.remote.id]


async def test_words_typed_by_hand_are_no_certain_find(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    by_hand = stage.network.new_post(f"{stage.account.remote_id}_9", stage.account.remote_id, "Tiles")
    await stage.network.add_post(replace(by_hand, data={"kind": "post", "link": ""}))

    (candidate,) = await stage.found(call)

    assert not candidate.certain


async def test_a_look_that_fails_says_nothing(stage):
    call = await stage.prepared(stage.step(Content(text="Tiles")))
    stage.fault("list", Effect.THROTTLE, seconds=120)

    sighting = await stage.look_up(call)

    assert isinstance(sighting, Silent)
    assert sighting.until == stage.clock.now + timedelta(minutes=2)


def test_how_doubt_is_settled_depends_on_the_step(stage):
    kinds = {
        step: stage.plugin.connector.reconciliation(step, stage.account).kind
        for step in (
            "post",
            "film",
            "reel",
            "film_story",
            "photo_story",
            "comment",
            "answer",
            "edit",
            "delete",
        )
    }

    assert {kinds["film"], kinds["reel"], kinds["film_story"]} == {ReconciliationKind.WITNESS}
    assert {kinds["post"], kinds["photo_story"], kinds["comment"], kinds["answer"]} == {
        ReconciliationKind.LOOKUP
    }
    assert {kinds["edit"], kinds["delete"]} == {ReconciliationKind.KEY}
