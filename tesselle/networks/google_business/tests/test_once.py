"""A post is found again by what makes it ours, and nobody else's is taken for it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tesselle.connectors.protocols import Window
from tesselle.domain.content import Content
from tesselle.domain.verdicts import (
    Doubtful,
    Seen,
    Silent,
)
from tesselle.networks.google_business.tests.making import SHOP, dated
from tesselle.simulation.faults import Effect


@pytest.mark.parametrize(
    ("content", "certain"),
    [
        (Content(text="Sol"), False),
        (Content(text="Sol", options={"action": "CALL"}), False),
        (Content(text="Sol", link=SHOP), True),
        (dated("event"), True),
        (dated("offer"), True),
    ],
    ids=["words", "call", "link", "event", "offer"],
)
async def test_a_post_is_ours_for_sure_where_nobody_could_type_the_same(stage, content, certain):
    call = await stage.prepared(stage.step(content))
    stage.fault("create", Effect.ACCEPT_CUT)
    assert isinstance(await stage.send(call), Doubtful)

    (candidate,) = await stage.found(call)

    assert candidate.certain == certain


@pytest.mark.parametrize(
    "other",
    [
        Content(text="Mur", link=SHOP),
        Content(text="Sol", link=f"{SHOP}/autre"),
        Content(text="Sol"),
        Content(text="Sol", link=SHOP, options={"action": "SHOP"}),
        replace(dated("event", link=SHOP), text="Sol"),
    ],
)
async def test_another_post_is_no_candidate(stage, other):
    call = await stage.prepared(stage.step(Content(text="Sol", link=SHOP)))
    await stage.publish(other)

    assert await stage.found(call) == ()


@pytest.mark.parametrize("change", [{"end_time": "18:00"}, {"start_date": "2026-12-04"}])
async def test_an_event_at_another_hour_is_another_one(stage, change):
    call = await stage.prepared(stage.step(dated("event")))
    await stage.publish(dated("event", options=change))

    assert await stage.found(call) == ()


async def test_what_belongs_to_others_or_to_another_hour_is_no_candidate(stage):
    content = Content(text="Sol", link=SHOP)
    remote = await stage.publish(content)
    call = await stage.prepared(stage.step(content))
    margin, now = timedelta(minutes=2), stage.clock.now
    windows = (
        Window(now - margin, now + margin, frozenset({remote.id})),
        Window(now + margin, now + 2 * margin),
        Window(now - 2 * margin, now - margin),
    )

    for window in windows:
        assert await stage.plugin.connector.look_up(call, stage.api(), window) == Seen()


@pytest.mark.parametrize(
    "effect", [Effect.THROTTLE, Effect.EXPIRED, Effect.FAIL_5XX, Effect.HANG, Effect.GARBAGE]
)
async def test_a_look_up_that_fails_says_nothing(stage, effect):
    call = await stage.prepared(stage.step(Content(text="Sol")))
    stage.fault("list", effect, seconds=60)

    assert isinstance(await stage.look_up(call), Silent)
