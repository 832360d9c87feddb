"""When something that comes again comes: local times, so that nine o'clock stays nine o'clock."""

import calendar
from datetime import datetime, timedelta
from enum import StrEnum


class Unit(StrEnum):
    WEEK = "week"
    MONTH = "month"


def comings(first: datetime, unit: Unit, every: int, times: int) -> list[datetime]:
    """`first` and those after it, `times` in all. What a month has not (the 31st) falls on its last day."""
    if unit is Unit.WEEK:
        return [first + timedelta(weeks=every * number) for number in range(times)]
    return [_months_on(first, every * number) for number in range(times)]


def _months_on(first: datetime, months: int) -> datetime:
    """Counted from the first each time, so that the 31st comes back after February."""
    years, month = divmod(first.month - 1 + months, 12)
    year = first.year + years
    day = min(first.day, calendar.monthrange(year, month + 1)[1])
    return first.replace(year=year, month=month + 1, day=day)
