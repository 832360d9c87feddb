"""What the calendar is asked to show. It all stands in the address, so that it can be sent to somebody."""

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from django.urls import reverse

from tesselle.domain.reach import in_reach

LISTED_DAYS = 28
_DIGITS = 18
Kind = TypeVar("Kind", bound=StrEnum)


class View(StrEnum):
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    LIST = "list"
    BOARD = "board"


GRIDS = (View.MONTH, View.WEEK)


class Colour(StrEnum):
    """By what the entries are coloured."""

    CHANNEL = "channel"
    PILLAR = "pillar"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Asked:
    """`state` is a group of the board (`groups`). Ids are 0 for all."""

    view: View
    day: date
    today: date
    colour: Colour = Colour.CHANNEL
    channel: int = 0
    pillar: int = 0
    campaign: int = 0
    state: str = ""

    @property
    def first(self) -> date:
        """The first day that is shown: weeks begin on Monday, months are filled up to whole weeks."""
        match self.view:
            case View.MONTH:
                return _monday(self.day.replace(day=1))
            case View.WEEK:
                return _monday(self.day)
            case View.BOARD:
                return self.day.replace(day=1)
            case _:
                return self.day

    @property
    def last(self) -> date:
        match self.view:
            case View.MONTH:
                return _monday(_month_end(self.day)) + timedelta(days=6)
            case View.WEEK:
                return self.first + timedelta(days=6)
            case View.LIST:
                return self.day + timedelta(days=LISTED_DAYS - 1)
            case View.BOARD:
                return _month_end(self.day)
            case View.DAY:
                return self.day

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]

    def moved(self, direction: int) -> "Asked":
        """The stretch before (-1) or after (1)."""
        match self.view:
            case View.MONTH | View.BOARD:
                first = self.day.replace(day=1)
                near = first - timedelta(days=1) if direction < 0 else _month_end(first) + timedelta(days=1)
                return replace(self, day=near.replace(day=1))
            case View.WEEK:
                return replace(self, day=self.first + timedelta(days=7 * direction))
            case View.LIST:
                return replace(self, day=self.day + timedelta(days=LISTED_DAYS * direction))
            case View.DAY:
                return replace(self, day=self.day + timedelta(days=direction))

    @property
    def is_narrowed(self) -> bool:
        return bool(self.channel or self.pillar or self.campaign or self.state)

    @property
    def query(self) -> str:
        """Without what is so anyway."""
        said: dict[str, str | int] = {"view": self.view, "date": self.day.isoformat()}
        said |= {} if self.colour is Colour.CHANNEL else {"colour": self.colour}
        for name in ("channel", "pillar", "campaign", "state"):
            if value := getattr(self, name):
                said[name] = value
        return urlencode(said)

    @property
    def address(self) -> str:
        return f"{reverse('plan:calendar')}?{self.query}"

    @property
    def is_current(self) -> bool:
        return self.first <= self.today <= self.last

    def is_about(self, day: date) -> bool:
        """Months are filled up with days of their neighbours, and are not about those."""
        if self.view in (View.MONTH, View.BOARD):
            return day.replace(day=1) == self.day.replace(day=1)
        return self.first <= day <= self.last

    @property
    def live_address(self) -> str:
        """To be read again from: says which day was today, so that a page that lay open goes along with the time."""
        return f"{self.address}&since={self.today}" if self.is_about(self.today) else self.address

    def following(self, since: date | None) -> "Asked":
        """Where it showed today and today has moved out of it since, to where today is now."""
        has_left = since is not None and self.is_about(since) and not self.is_about(self.today)
        return self.seen_as(self.view, self.today) if has_left else self

    def day_address(self) -> Callable[[date], str]:
        """Of the view of a day: written once, each day then costs one concatenation."""
        marker = date(2199, 12, 31)
        before, _, after = self.seen_as(View.DAY, marker).address.partition(marker.isoformat())
        return lambda day: f"{before}{day.isoformat()}{after}"

    def seen_as(self, view: View, day: date | None = None) -> "Asked":
        return replace(self, view=view, day=day or self.day)


def read(data: Mapping[str, str], today: date) -> Asked:
    """From an address; what makes no sense is left out. `month=2026-03` is understood too. `since`: as
    `live_address` says it."""
    asked = Asked(
        view=_one_of(View, data.get("view", ""), View.MONTH),
        day=_day(data.get("date", "")) or _day(f"{data.get('month', '')}-01") or today,
        today=today,
        colour=_one_of(Colour, data.get("colour", ""), Colour.CHANNEL),
        channel=_number(data.get("channel", "")),
        pillar=_number(data.get("pillar", "")),
        campaign=_number(data.get("campaign", "")),
        state=re.sub(r"[^a-z_]", "", data.get("state", ""))[:20],
    )
    return asked.following(_day(data.get("since", "")))


def _one_of(kind: type[Kind], text: str, usual: Kind) -> Kind:
    return kind(text) if text in list(kind) else usual


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if in_reach(day) else None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < _DIGITS else 0


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
