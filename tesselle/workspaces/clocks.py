"""What the clock of a workspace showed, and when. Who moves it says at its start how its past is read."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from django.utils import timezone

from tesselle.web import page_clock
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


@contextmanager
def told_by(workspace: Workspace) -> Iterator[None]:
    """A page about it is drawn within: times are shown in its zone, and what belongs to its story by its clock."""
    with timezone.override(workspace.tz), page_clock.override(clock_of(workspace)):
        yield


def _past_of(workspace_id: int) -> list[Point]:
    return [point for past in _pasts for point in past(workspace_id)]
