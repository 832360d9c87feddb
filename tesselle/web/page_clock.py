"""The clock of the workspace whose page is drawn, as Django keeps the page's zone.

Most rows keep the real instant at which somebody did something. In a practice workspace that belongs to its story:
`Clock.own` is what its clock showed then. What strangers can open is a matter of security and ends in real time,
however far the practice clock has gone: where the two are apart, a page says which of them it means.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import cached_property
from operator import itemgetter

Point = tuple[datetime, datetime]
"""A real instant, and what the workspace's clock showed then."""

APART = timedelta(minutes=1)
"""Less is written as the same minute, or nearly."""


class Clock:
    """`shift`: what it is ahead of the real one now; zero for every real workspace. `past`: points of it, the
    oldest first, asked for once and only where it stands elsewhere."""

    def __init__(self, shift: timedelta = timedelta(0), past: Callable[[], Sequence[Point]] = tuple) -> None:
        self._shift, self._past = shift, past

    @property
    def is_apart(self) -> bool:
        return abs(self._shift) >= APART

    def own(self, real: datetime) -> datetime:
        """What it showed at that real instant. Between two points it went at an even pace, so that what came
        later is never told as earlier."""
        if not self._shift:
            return real
        after = bisect_right(self._points, real, key=itemgetter(0))
        if after == len(self._points):
            return real + self._shift
        end, shown = self._points[after]
        if after == 0:
            return real + (shown - end)
        begin, first = self._points[after - 1]
        return first + (shown - first) * ((real - begin) / (end - begin))

    @cached_property
    def _points(self) -> Sequence[Point]:
        return self._past()


_page: ContextVar[Clock] = ContextVar("page_clock", default=Clock())  # noqa: B039 - it keeps nothing


def current() -> Clock:
    """The real clock where no workspace is shown."""
    return _page.get()


@contextmanager
def override(clock: Clock) -> Iterator[None]:
    before = _page.get()
    _page.set(clock)
    try:
        yield
    finally:
        _page.set(before)
