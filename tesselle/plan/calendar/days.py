"""The days of a view: chips where many days share the page, cards where there is room."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from tesselle.plan.calendar.asked import Asked, View
from tesselle.plan.calendar.cards import Card, CardMaker
from tesselle.plan.calendar.drawing import ChipMaker, maker_of
from tesselle.plan.calendar.festive import DayNote
from tesselle.plan.calendar.outings import Outing
from tesselle.plan.calendar.reading import NOTHING, Words, words_of
from tesselle.plan.calendar.shown import PER_DAY, Shown
from tesselle.plan.layers import DayMarks
from tesselle.web.dates import written

ROOMY = (View.DAY, View.LIST)
CARDS = 30
"""So many cards are drawn; a list that is longer leads on."""


@dataclass(frozen=True, slots=True)
class Day:
    """`now`: the time, on the day that has it and where there is room to say it."""

    date: date
    label: str  # "Tuesday 24 November"
    weekday: str
    classes: str
    is_today: bool
    is_past: bool
    chips: SafeString
    cards: tuple[Card, ...]
    notes: tuple[DayNote, ...]
    more: int
    url: str
    new_url: str
    now: str


def days_of(shown: Shown, notes: Mapping[date, Sequence[DayNote]]) -> tuple[Day, ...]:
    per_day, is_roomy = PER_DAY[shown.asked.view], shown.asked.view in ROOMY
    by_day = shown.stretch.by_day
    seen = {day: some[:per_day] for day, some in by_day.items()}
    if is_roomy:
        seen = _at_most(CARDS, seen)
    words = words_of(
        shown.workspace, [one.first.id for some in seen.values() for one in some], texts=is_roomy
    )
    maker = maker_of(shown.asked, shown.clock, shown.channels, shown.palette, may_plan=shown.may_plan)
    draw = _roomy(shown, maker) if is_roomy else _narrow(shown, maker)
    return tuple(
        draw(
            DayRead(
                day,
                seen.get(day, ()),
                tuple(words.get(one.first.id, NOTHING) for one in seen.get(day, ())),
                len(by_day.get(day, ())),
                shown.marks.get(day, DayMarks(0, ())),
                tuple(notes.get(day, ())),
            )
        )
        for day in shown.asked.days
    )


def _at_most(limit: int, seen: dict[date, tuple[Outing, ...]]) -> dict[date, tuple[Outing, ...]]:
    kept: dict[date, tuple[Outing, ...]] = {}
    for day, some in seen.items():
        kept[day] = some[: max(0, limit)]
        limit -= len(some)
    return kept


class DayRead(NamedTuple):
    """What is known of a day: the outings to show with their words, how many there are, what else is on it."""

    date: date
    seen: tuple[Outing, ...]
    words: tuple[Words, ...]
    total: int
    marks: DayMarks
    notes: tuple[DayNote, ...]


def _narrow(shown: Shown, maker: ChipMaker) -> Callable[[DayRead], Day]:
    now = shown.now
    return lambda read: _with_chips(maker, read, sum(one.at < now for one in read.seen))


@lru_cache(maxsize=512)
def _with_chips(maker: ChipMaker, read: DayRead, past: int) -> Day:
    """A day of month or week; `past`: so many of its outings have had their time. It says the same until
    one of these changes, and is drawn once until then."""
    per_day = PER_DAY[maker.asked.view]
    drawn = [
        (one.at, maker.chip(one, words, is_past=place < past))
        for place, (one, words) in enumerate(zip(read.seen, read.words, strict=True))
    ]
    drawn += _elsewhere(maker, read)
    drawn.sort(key=itemgetter(0))
    return _day(maker, read, [html for _, html in drawn[:per_day]])


def _elsewhere(maker: ChipMaker, read: DayRead) -> list[tuple[datetime, str]]:
    return [(mark.at, maker.mark(mark)) for mark in read.marks.first]


def _roomy(shown: Shown, maker: ChipMaker) -> Callable[[DayRead], Day]:
    cards = CardMaker(shown, maker)
    now = shown.clock.written(shown.now)
    return lambda read: _day(
        maker,
        read,
        [html for _, html in _elsewhere(maker, read)],
        cards=tuple(map(cards.card, read.seen, read.words)),
        now=now if read.date == maker.asked.today else "",
    )


def _day(
    maker: ChipMaker,
    read: DayRead,
    chips: Sequence[str],
    *,
    cards: tuple[Card, ...] = (),
    now: str = "",
) -> Day:
    day, asked = read.date, maker.asked
    total = read.total + read.marks.total
    shown = min(len(read.seen) + len(read.marks.first), PER_DAY[asked.view])
    return Day(
        date=day,
        label=written(day, pgettext("date format", "l j F")),
        weekday=str(WEEKDAYS_ABBR[day.weekday()]),
        classes=_classes(asked, day, bool(total), read.notes),
        is_today=day == asked.today,
        is_past=day < asked.today,
        chips=mark_safe("".join(chips)),  # noqa: S308 - chips escape
        cards=cards,
        notes=read.notes,
        more=total - shown,
        url=maker.day_url(day),
        new_url=f"{maker.new_url}?plan-date={day.isoformat()}",
        now=now,
    )


def _classes(asked: Asked, day: date, has_posts: bool, notes: tuple[DayNote, ...]) -> str:
    names = ["day"]
    if not has_posts and not notes:
        names.append("day--empty")
    if day < asked.today:
        names.append("day--past")
    if day == asked.today:
        names.append("day--today")
    if asked.view is View.MONTH and day.month != asked.day.month:
        names.append("day--outside")
    if any(note.kind == "holiday" for note in notes):
        names.append("day--holiday")
    return " ".join(names)
