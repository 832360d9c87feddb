"""Working out what the figures say, in a process of its own: the statistics' libraries stay out of the worker."""

from datetime import date

from django.utils import timezone

from tesselle.learn.services import SOME_RUN_WAITS
from tesselle.ops.apart import AFTER_FAILURE_S, run_apart
from tesselle.ops.nightly import NIGHT_HOURS
from tesselle.publish.context import Context

REST_SECONDS = 2.0


class LearningRound:
    """Beside publishing: at night for each workspace with new posts, by day for who pressed the button."""

    def __init__(self) -> None:
        self._night: date | None = None

    async def __call__(self, context: Context) -> float:
        """One round; returns how long to rest, in seconds."""
        if not context.standing.locked:
            return REST_SECONDS
        now = timezone.localtime()
        if now.hour in NIGHT_HOURS and self._night != now.date():
            self._night = now.date()
            succeeded = await run_apart("learn", "--nightly")
        elif await context.db.fetchval(SOME_RUN_WAITS):
            succeeded = await run_apart("learn")
        else:
            return REST_SECONDS
        return REST_SECONDS if succeeded else AFTER_FAILURE_S
