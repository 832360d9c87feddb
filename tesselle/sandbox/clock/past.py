"""What a practice clock showed at which real instant: each time that it was moved, where it began and where it came to."""

from datetime import datetime

from tesselle.sandbox.models import ClockRun
from tesselle.web.page_clock import Point

_CAME_TO = (ClockRun.State.ARRIVED, ClockRun.State.STUCK)


def past(workspace_id: int) -> list[Point]:
    """The oldest first. Between one move and the next it went at its usual pace."""
    runs = ClockRun.objects.filter(workspace=workspace_id).order_by("pk")
    return [
        point
        for run in runs.only("state", "began_at", "reached", "started_at", "moved_at", "ended_at")
        for point in ((run.started_at, run.began_at), (_stood_at(run), run.reached))
    ]


def _stood_at(run: ClockRun) -> datetime:
    """When it showed `reached`: at its end, unless a person stopped it or it still goes: at its last stop then."""
    return run.ended_at if run.ended_at is not None and run.state in _CAME_TO else run.moved_at
