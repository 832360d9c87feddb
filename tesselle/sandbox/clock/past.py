"""What a practice clock showed at which real instant: where each move of it began, and where it came to."""

from collections.abc import Iterator
from datetime import datetime

from tesselle.sandbox.models import ClockRun
from tesselle.web.page_clock import Point

_CAME_TO = (ClockRun.State.ARRIVED, ClockRun.State.STUCK)


def past(workspace_id: int) -> list[Point]:
    """The oldest first. Between one move and the next it went at its usual pace."""
    runs = ClockRun.objects.filter(workspace=workspace_id).order_by("pk")
    read = runs.only("state", "speed", "began_at", "reached", "started_at", "moved_at", "ended_at")
    return [point for run in read for point in _points(run)]


def _points(run: ClockRun) -> Iterator[Point]:
    """A clock that plays went evenly. Of one sent ahead the days went by in seconds, each at the pace of its work:
    what people did meanwhile belongs to where they sent it from."""
    stood_at = _stood_at(run)
    yield run.started_at, run.began_at
    if run.speed is None:
        yield stood_at, run.began_at
    yield stood_at, run.reached


def _stood_at(run: ClockRun) -> datetime:
    """When it showed `reached`: at its end; at its last stop, while it goes or where a person stopped it."""
    return run.ended_at if run.ended_at is not None and run.state in _CAME_TO else run.moved_at
