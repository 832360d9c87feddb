"""When figures are read: dense while a post is young, sparse later."""

from datetime import timedelta

_STEPS: tuple[tuple[timedelta, timedelta], ...] = (
    (timedelta(hours=1), timedelta(minutes=10)),
    (timedelta(hours=6), timedelta(minutes=30)),
    (timedelta(days=1), timedelta(hours=2)),
    (timedelta(days=7), timedelta(hours=12)),
    (timedelta(days=30), timedelta(days=1)),
    (timedelta(days=90), timedelta(days=7)),
)
"""(younger than, then read every)."""

CHANNEL_EVERY = timedelta(days=1)


def next_reading_in(age: timedelta) -> timedelta | None:
    """How long until a post of that age is read again; None: its story is told."""
    for younger_than, every in _STEPS:
        if age < younger_than:
            return every
    return None


def retry_in(failures: int) -> timedelta:
    """After so many failed readings in a row: 5 minutes, doubling to a day."""
    return min(timedelta(minutes=5) * 2 ** min(failures, 9), timedelta(days=1))
