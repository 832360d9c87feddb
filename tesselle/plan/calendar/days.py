"""The days of a view: chips where many days share the page, cards where there is room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from tesselle.plan.calendar.asked import View
from tesselle.plan.calendar.cards import Card, CardMaker
from tesselle.plan.calendar.drawing import ChipMaker
from tesselle.plan.calendar.festive import DayNote
from tesselle.plan.calendar.outings import Outing
from tesselle.plan.calendar.reading import NOTHING, Words, words_of
from tesselle.plan.calendar.shown import PER_DAY, Shown
from tesselle.web.dates import written

ROOMY = (View.DAY, View.LIST)
CARDS = 100
"""So many cards are drawn; a list that is longer leads on."""


@dataclass(frozen=True, slots=True)
class Day:
    """`now`: the time, on the day that has it."""

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
    by_day, per_day = shown.by_day, PER_DAY[shown.asked.view]
    seen = {day: some[:per_day] for day, some in by_day.items()}
    if shown.asked.view in ROOMY:
        seen = _at_most(CARDS, seen)
    words = words_of(shown.workspace, [one.first.id for some in seen.values() for one in some])
    maker = ChipMaker(shown.asked, shown.clock, shown.channels, shown.palette, shown.may_plan)
    cards = CardMaker(shown, maker)
    return tuple(
        _day(
            shown, day, by_day.get(day, []), seen.get(day, []), words, maker, cards, tuple(notes.get(day, ()))
        )
        for day in shown.asked.days
    )


def _at_most(limit: int, seen: dict[date, list[Outing]]) -> dict[date, list[Outing]]:
    kept: dict[date, list[Outing]] = {}
    for day, some in seen.items():
        kept[day] = some[: max(0, limit)]
        limit -= len(some)
    return kept


def _day(
    shown: Shown,
    day: date,
    every: list[Outing],
    seen: list[Outing],
    words: Mapping[int, Words],
    maker: ChipMaker,
    cards: CardMaker,
    notes: tuple[DayNote, ...],
) -> Day:
    asked, marks = shown.asked, shown.marks.get(day)
    drawn = (
        []
        if asked.view in ROOMY
        else [(one.at, maker.chip(one, words.get(one.first.id, NOTHING))) for one in seen]
    )
    count = len(seen)
    if marks is not None:
        drawn += [(mark.at, maker.elsewhere(mark)) for mark in marks.first]
        drawn.sort(key=lambda pair: pair[0])
        count = min(len(seen) + len(marks.first), PER_DAY[asked.view])
    total = len(every) + (marks.total if marks else 0)
    return Day(
        date=day,
        label=written(day, pgettext("date format", "l j F")),
        weekday=str(WEEKDAYS_ABBR[day.weekday()]),
        classes=_classes(shown, day, bool(total), notes),
        is_today=day == asked.today,
        is_past=day < asked.today,
        chips=mark_safe("".join(html for _, html in drawn[: PER_DAY[asked.view]])),  # noqa: S308 - chips escape
        cards=tuple(cards.card(one, words.get(one.first.id, NOTHING)) for one in seen)
        if asked.view in ROOMY
        else (),
        notes=notes,
        more=total - count,
        url=maker.day_url(day),
        new_url=f"{maker.new_url}?plan-date={day.isoformat()}",
        now=shown.clock.written(shown.clock.now) if day == asked.today else "",
    )


def _classes(shown: Shown, day: date, has_posts: bool, notes: tuple[DayNote, ...]) -> str:
    asked = shown.asked
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
