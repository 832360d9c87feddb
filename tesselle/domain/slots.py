"""Posting slots: weekly local times of a channel, and the next one that is free.

A slot keeps its hour on the clock on the wall. A time that a clock change skips moves forward with
it; a time that comes twice means its first coming (see `local_time`).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tesselle.domain.local_time import resolve

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, order=True)
class WeeklySlot:
    """`weekday` as in `date.weekday()`: Monday is 0. `at` is wall time, to the minute."""

    weekday: int
    at: time


@dataclass(frozen=True, slots=True, order=True)
class SlotTime:
    """One coming of a slot. `local` is the wall time as planned, `at` what it resolves to."""

    at: datetime
    local: datetime


def next_free(
    slots: Collection[WeeklySlot], zone: str, now: datetime, taken: Collection[datetime] = ()
) -> SlotTime | None:
    """The first coming after `now` whose instant is not `taken`; None without slots.

    `now` and `taken` are aware; an instant is taken within its minute.
    """
    return next(upcoming(slots, zone, now, taken), None)


def upcoming(
    slots: Collection[WeeklySlot], zone: str, now: datetime, taken: Collection[datetime] = ()
) -> Iterator[SlotTime]:
    """Free comings after `now`, in order, each instant once; as many weeks as `taken` may fill, and one."""
    busy = {_minute(instant) for instant in taken}
    weeks = 2 + len(busy) // max(len(slots), 1)
    # A zone may skip a whole day, so the day before counts and the order is the instants' own.
    first = now.astimezone(ZoneInfo(zone)).date() - timedelta(days=2)
    comings: dict[datetime, SlotTime] = {}
    for local in _wall_times(slots, first, weeks):
        coming = SlotTime(resolve(local, zone), local)
        comings.setdefault(coming.at, coming)
    yield from sorted(one for one in comings.values() if one.at > now and _minute(one.at) not in busy)


def _wall_times(slots: Collection[WeeklySlot], first: date, weeks: int) -> Iterator[datetime]:
    for offset in range(weeks * 7 + 3):
        day = first + timedelta(days=offset)
        for slot in sorted(slots):
            if slot.weekday == day.weekday():
                yield datetime.combine(day, slot.at)


def _minute(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(second=0, microsecond=0)
