"""One delivery goes out once, whatever the network answers."""

import pytest

from tesselle.ledger.models import Attempt, Look
from tesselle.publish.tests.stage import PublishStage
from tesselle.simulation.faults import Effect, Fault


def test_a_due_post_goes_out_once_and_is_read_back(stage: PublishStage):
    channel = stage.channel("bluesky")
    delivery = stage.planned("Une nouvelle terrasse à Morges", channel)

    stage.run_until_state(delivery, "live")

    assert len(stage.copies("bluesky", "terrasse")) == 1
    assert delivery.remote["id"]
    assert [attempt.state for attempt in delivery.attempts.all()] == ["accepted"]


@pytest.mark.parametrize(
    "effect",
    [
        Effect.ACCEPT_CUT,
        Effect.ACCEPT_5XX,
        Effect.GARBAGE,
        Effect.CUT_UNREAD,
        Effect.FAIL_5XX,
        Effect.HANG,
        Effect.ACCEPT_LATE,
    ],
)
def test_a_lost_answer_leaves_one_copy(stage: PublishStage, effect: Effect):
    channel = stage.channel("bluesky")
    stage.sim("bluesky").script.add(Fault("create", effect, seconds=0.2))
    delivery = stage.planned("Mosaïque bleue", channel)

    stage.run_until_state(delivery, "live")

    assert len(stage.copies("bluesky", "Mosaïque")) == 1
    assert stage.sim("bluesky").script.fired
    assert Look.objects.filter(attempt__delivery=delivery).exists()


def test_a_throttle_waits_for_the_networks_own_time(stage: PublishStage):
    channel = stage.channel("bluesky")
    stage.sim("bluesky").script.add(Fault("create", Effect.THROTTLE, seconds=1.0))
    delivery = stage.planned("Patience", channel)

    stage.run_until_state(delivery, "live")

    assert len(stage.copies("bluesky", "Patience")) == 1
    assert [a.state for a in Attempt.objects.filter(delivery=delivery).order_by("id")] == [
        "refused",
        "accepted",
    ]


def test_an_expired_session_is_renewed_and_the_post_goes_out(stage: PublishStage):
    channel = stage.channel("bluesky")
    stage.sim("bluesky").script.add(Fault("create", Effect.EXPIRED))
    delivery = stage.planned("Encore une fois", channel)

    stage.run_until_state(delivery, "live")

    assert len(stage.copies("bluesky", "Encore")) == 1
