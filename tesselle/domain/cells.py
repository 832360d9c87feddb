"""Instants and counts as the exports of several countries write them.

Counts are whole, so that 1,234 and 1.234 and 1 234 and 1'234 can mean one thing only. Days are not: in
03/04/2026 either may be the month, and only the whole column tells.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from enum import StrEnum
from zoneinfo import ZoneInfo

from tesselle.domain.local_time import resolve
from tesselle.domain.reach import in_reach

NOT_TOLD = frozenset({"", "-", "–", "—", "--", "n/a", "na", "null", "none", "nan", "n.d."})


class Order(StrEnum):
    """What stands first where a day is written in numbers."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Told:
    """`has_time` False: only a day was written; the instant is then its noon."""

    at: datetime
    has_time: bool


_MONTHS = (
    ("jan", "gen", "jän"),
    ("feb", "fév", "fev"),
    ("mar", "mär", "mrz"),
    ("apr", "avr"),
    ("may", "mai", "mag"),
    ("jun", "juin", "giu"),
    ("jul", "juil", "lug"),
    ("aug", "août", "aou", "ago"),
    ("sep", "set"),
    ("oct", "okt", "ott"),
    ("nov",),
    ("dec", "déc", "dez", "dic"),
)
_CLOCK = re.compile(r"(\d{1,2})[:h](\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([ap])?\.?m?\.?", re.IGNORECASE)
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+-])(\d{2}):?(\d{2})\s*$", re.IGNORECASE)
_SINCE_1970 = re.compile(r"(1\d{9})(\d{3})?")
"""Seconds, or milliseconds, as interfaces tell them; up to 2033."""

_COUNT = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d+")
_WHOLE_TAIL = re.compile(r"[.,]0{1,2}$")


def read_count(text: str) -> int | None:
    """None for what is no whole number of zero or more. Not for cells of `NOT_TOLD`."""
    plain = re.sub(r"[\s'’\u202f\u00a0]", "", text)
    if _COUNT.fullmatch(plain) is None:
        plain = _WHOLE_TAIL.sub("", plain)
    if _COUNT.fullmatch(plain) is None:
        return None
    return int(re.sub(r"[.,]", "", plain)) if len(plain) <= 24 else None


def guess_order(texts: Iterable[str], usual: Order) -> Order:
    """From the column: a number above twelve is no month. `usual` where nothing tells."""
    votes = {Order.DAY: 0, Order.MONTH: 0}
    for text in texts:
        numbers = _numbers(text)
        if len(numbers) == 3 and numbers[0] <= 31 and numbers[1] <= 31:
            votes[Order.DAY] += numbers[0] > 12
            votes[Order.MONTH] += numbers[1] > 12
    if votes[Order.DAY] == votes[Order.MONTH]:
        return usual
    return max(votes, key=lambda order: votes[order])


def _numbers(text: str) -> list[int]:
    """Those of a day that is written in numbers alone."""
    day = _CLOCK.sub("", text)
    return [] if _month_of(day) else [int(one) for one in re.findall(r"\d+", day)][:3]


def read_instant(text: str, order: Order, zone: ZoneInfo) -> Told | None:
    """`zone`: of the wall clock that the file shows; an offset in the cell goes before it."""
    text = text.strip()
    if (seconds := _SINCE_1970.fullmatch(text)) is not None:
        return Told(datetime.fromtimestamp(int(seconds[1]), UTC), has_time=True)
    exact = _iso(text)
    if exact is not None:
        return _told(exact, zone, has_time=len(text) > 10) if in_reach(exact) else None
    offset = _OFFSET.search(text)
    clock = _CLOCK.search(text)
    at = _clock(clock) if clock else time(12)
    day = _day(_CLOCK.sub(" ", text[: offset.start()] if offset and clock else text), order)
    if day is None or at is None or not in_reach(day):
        return None
    local = datetime.combine(day, at)
    if offset and clock:
        hours = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        if hours >= timedelta(days=1):
            return None
        return Told(local.replace(tzinfo=timezone(hours if offset[1] == "+" else -hours)), has_time=True)
    return Told(resolve(local, zone.key), clock is not None)


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _told(found: datetime, zone: ZoneInfo, *, has_time: bool) -> Told:
    if found.tzinfo is not None:
        return Told(found, has_time)
    local = found if has_time else found.replace(hour=12)
    return Told(resolve(local, zone.key), has_time)


def _clock(found: re.Match[str]) -> time | None:
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[4].lower() == "p" else 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _day(text: str, order: Order) -> datetime | None:
    month, numbers = _month_of(text), [int(one) for one in re.findall(r"\d+", text)]
    if month and len(numbers) == 2:
        day, year = numbers if numbers[0] <= 31 else (numbers[1], numbers[0])
    elif not month and len(numbers) == 3:
        if numbers[0] > 31:
            year, month, day = numbers
        else:
            day, month, year = numbers if order is Order.DAY else (numbers[1], numbers[0], numbers[2])
    else:
        return None
    try:
        return datetime(year if year > 99 else year + 2000, month, day)  # noqa: DTZ001 - a day on a wall
    except ValueError:
        return None


def _month_of(text: str) -> int:
    """0 without the name of a month. The last word that may be one: “mar. 24 nov.” is a Tuesday."""
    for word in reversed(re.findall(r"[^\W\d_]{3,}", text.casefold())):
        for number, beginnings in enumerate(_MONTHS, start=1):
            if word.startswith(beginnings):
                return number
    return 0
