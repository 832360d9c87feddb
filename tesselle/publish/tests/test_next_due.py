"""The dispatcher sleeps until the next instant, and never past one that came while it looked."""

import asyncio
from datetime import timedelta

from django.utils import timezone

from tesselle.ledger.hot import dispatch
from tesselle.ledger.hot.pool import open_pool
from tesselle.ledger.models import Delivery
from tesselle.publish.tests.stage import PublishStage, database_url


def ahead(looked_ago: float) -> float | None:
    async def asked() -> float | None:
        db = await open_pool(database_url())
        try:
            return await dispatch.seconds_to_next(db, looked_ago)
        finally:
            await db.close()

    return asyncio.run(asked())


def planned_in(stage: PublishStage, distance: timedelta, state: str = "planned") -> None:
    delivery = stage.planned("Zellige", stage.channel("bluesky"))
    at = timezone.now() + distance
    Delivery.objects.filter(pk=delivery.pk).update(due_at=at, next_at=at, state=state)


def test_it_is_so_long_until_the_next_one(stage: PublishStage):
    assert ahead(0.0) is None

    planned_in(stage, timedelta(minutes=10))

    assert 500 < (ahead(0.0) or 0) <= 600


def test_what_became_due_since_the_last_look_is_not_slept_over(stage: PublishStage):
    planned_in(stage, timedelta(seconds=-3))

    assert ahead(0.0) is None
    assert -3600 < (ahead(3600.0) or 1) <= 0


def test_what_waits_and_became_due_since_is_not_slept_over_either(stage: PublishStage):
    planned_in(stage, timedelta(seconds=-3), state="waiting")

    assert ahead(0.0) is None
    assert -3600 < (ahead(3600.0) or 1) <= 0
