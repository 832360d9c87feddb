"""What the clock of a workspace showed, and when. Who moves it says at its start how its past is read."""

from collections.abc import Callable, Sequence
from functools import partial

from tesselle.web.page_clock import Clock, Point
from tesselle.workspaces.models import Workspace

Past = Callable[[int], Sequence[Point]]
"""By a workspace's id, the oldest first."""

_pasts: list[Past] = []


def tell_past(past: Past) -> None:
    _pasts[:] = [past]


def clock_of(workspace: Workspace) -> Clock:
    """Costs nothing until something is told by a clock that was moved."""
    return Clock(workspace.clock_shift, partial(_past_of, workspace.pk))


def _past_of(workspace_id: int) -> list[Point]:
    return [point for past in _pasts for point in past(workspace_id)]
