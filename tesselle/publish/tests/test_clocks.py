"""Clocks jump, and differ from the network's: nothing is sent twice, nothing waits for lost time."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from django.db import connection
from django.utils import timezone

from tesselle.connectors.http.asgi_transport import AsgiTransport
from tesselle.connectors.http.exchange import Exchange, Gate, Request
from tesselle.connectors.registry import register_world
from tesselle.ledger.hot import clock
from tesselle.ledger.hot.pool import open_pool
from tesselle.ledger.models import Attempt, Delivery
from tesselle.ledger.services import planning
from tesselle.ops.chaos.clock import SEARCHED, DatabaseClock
from tesselle.publish.tests import stage as stages
from tesselle.publish.tests.stage import PublishStage, database_url, in_thread
from tesselle.publish.timing import Timing
from tesselle.simulation.faults import Effect, Fault

HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def database_clock(stage: PublishStage, monkeypatch) -> Iterator[DatabaseClock]:
    """The workers' sessions see it; Django's own do not."""
    kept = DatabaseClock()
    kept.install()
    connection.cursor().execute(f'ALTER DATABASE "{connection.settings_dict["NAME"]}" RESET search_path')
    connection.close()
    searched = SEARCHED.replace(", ", "%2C")
    monkeypatch.setattr(stages, "database_url", lambda: f"{database_url()}&search_path={searched}")
    yield kept
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA chaos_clock CASCADE")


def test_a_clock_set_forward_makes_nothing_absent_too_early(
    stage: PublishStage, database_clock: DatabaseClock
):
    """Settling takes 1.2 s here; the post comes to light after 0.8 s of it."""
    stage.sim("telegram").script.add(Fault("create", Effect.ACCEPT_LATE, seconds=0.8))
    delivery = stage.planned("Avance", stage.channel("telegram"))

    async def jump(_request: Request) -> None:
        stage.hooks.clear()
        await in_thread(database_clock.set, HALF_AN_HOUR)

    stage.hooks.append(jump)
    stage.run_until_state(delivery, "live")

    assert len(stage.copies("telegram", "Avance")) == 1
    assert delivery.attempts.get().state == "found"


@pytest.mark.thorough  # a minute of waiting
def test_what_waits_does_not_wait_for_the_time_that_a_clock_set_back_gives_again(
    stage: PublishStage, database_clock: DatabaseClock
):
    stage.sim("bluesky").script.add(Fault("create", Effect.THROTTLE, seconds=1.0))
    delivery = stage.planned("Recul", stage.channel("bluesky"))
    database_clock.set(HALF_AN_HOUR)

    stage.run_until(lambda: Delivery.objects.get(pk=delivery.pk).state == "waiting")
    database_clock.set(timedelta(0))
    stage.run_until_state(delivery, "live")

    assert len(stage.copies("bluesky", "Recul")) == 1


def test_a_plan_stays_at_its_hour_when_the_clock_is_set_back(stage: PublishStage):
    delivery = stage.planned("À son heure", stage.channel("bluesky"))
    tomorrow = timezone.now() + timedelta(days=1)
    planning.replan(delivery, due_at=tomorrow, local_at="", zone="", by=None)
    Delivery.objects.filter(pk=delivery.pk).update(changed_at=timezone.now() + HALF_AN_HOUR)

    async def mend() -> None:
        db = await open_pool(database_url())
        try:
            await clock.after_a_step_back(db)
        finally:
            await db.close()

    asyncio.run(mend())

    delivery.refresh_from_db()
    assert delivery.next_at == tomorrow


class OwnClock:
    """A network whose clock is an hour behind ours, as its answers' dates say."""

    def __init__(self, inner: AsgiTransport) -> None:
        self._inner = inner

    async def exchange(self, request: Request, gate: Gate | None = None) -> Exchange:
        done = await self._inner.exchange(request, gate)
        if done.response is None:
            return done
        date = {"date": format_datetime(hour_ago())}
        return replace(done, response=replace(done.response, headers={**done.response.headers, **date}))


def hour_ago() -> datetime:
    return datetime.now(UTC) - timedelta(hours=1)


def test_a_post_is_found_on_a_network_whose_clock_is_not_ours(stage: PublishStage):
    channel = stage.channel("mastodon", kind="gotosocial")
    stage.sim("mastodon").network.clock = hour_ago
    stage.sim("mastodon").script.add(Fault("create", Effect.ACCEPT_CUT))
    register_world("practice", lambda _world: OwnClock(AsgiTransport(stage._app_for)))
    delivery = stage.planned("Une autre heure", channel)

    stage.run_until_state(delivery, "live")

    assert len(stage.copies("mastodon", "Une autre heure")) == 1
    assert Attempt.objects.get(delivery=delivery).state == "found"


def test_the_settling_time_used_here_is_what_the_first_test_says():
    assert Timing(scale=0.01).settle(120) == pytest.approx(1.2)
