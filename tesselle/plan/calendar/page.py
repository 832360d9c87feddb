"""The calendar's page around its days: title, ways on, filters, legend, hints."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from tesselle.networks import card
from tesselle.plan.calendar.asked import GRIDS, Asked, Colour, View
from tesselle.plan.calendar.board import Column, columns_of
from tesselle.plan.calendar.days import Day, days_of
from tesselle.plan.calendar.drawing import STATE_HUES
from tesselle.plan.calendar.festive import DayNote, events, notes_in
from tesselle.plan.calendar.grid import grid
from tesselle.plan.calendar.hints import Hint, hints_of, overspent, quotas
from tesselle.plan.calendar.outings import GROUPS
from tesselle.plan.calendar.shown import Shown
from tesselle.plan.calendar.targets import Targets, targets_of
from tesselle.web.dates import written


@dataclass(frozen=True, slots=True)
class ViewLink:
    """`key`: the letter that opens it, in the reader's language."""

    name: str
    label: str
    url: str
    key: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class LegendLine:
    hue: str
    name: str


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """`zones`: what clock this is, where the reader's tells another time."""

    asked: Asked
    title: str
    views: tuple[ViewLink, ...]
    previous: str
    next: str
    today: str
    is_current: bool
    weekdays: tuple[str, ...]
    grid: SafeString
    days: tuple[Day, ...]
    columns: tuple[Column, ...]
    choices: tuple[Choice, ...]
    legend: tuple[LegendLine, ...]
    hints: tuple[Hint, ...]
    targets: Targets
    zones: str
    is_empty: bool
    is_practice: bool
    may_plan: bool
    may_write: bool


def calendar_page(shown: Shown) -> CalendarPage:
    asked = shown.asked
    notes = _together(_festive(shown), quotas(shown), overspent(shown))
    days = () if asked.view is View.BOARD else days_of(shown, notes)
    columns = columns_of(shown) if asked.view is View.BOARD else ()
    return CalendarPage(
        asked=asked,
        title=_title(asked),
        views=_views(asked),
        previous=asked.moved(-1).address,
        next=asked.moved(1).address,
        today=asked.seen_as(asked.view, asked.today).address,
        is_current=asked.is_current,
        weekdays=tuple(written(day, "D") for day in asked.days[:7]),
        grid=grid(days, may_write=shown.may_write) if asked.view in GRIDS else SafeString(""),
        days=days,
        columns=columns,
        choices=_choices(shown),
        legend=_legend(shown),
        hints=tuple(hints_of(shown)),
        targets=targets_of(shown),
        zones=_zones(shown),
        is_empty=not shown.outings and not shown.marks and not any(column.cards for column in columns),
        is_practice=shown.workspace.is_practice,
        may_plan=shown.may_plan,
        may_write=shown.may_write,
    )


def _festive(shown: Shown) -> dict[date, list[DayNote]]:
    first, last, setting = shown.asked.first, shown.asked.last, shown.setting
    own = events(shown.workspace, first, last) if setting.has_events else ()
    return notes_in(setting.place, own, first, last)


def _together(*told: Mapping[date, list[DayNote]]) -> dict[date, list[DayNote]]:
    found: dict[date, list[DayNote]] = {}
    for notes in told:
        for day, some in notes.items():
            found.setdefault(day, []).extend(some)
    return found


def _title(asked: Asked) -> str:
    match asked.view:
        case View.MONTH | View.BOARD:
            return written(asked.day, "F Y")
        case View.DAY:
            return written(asked.day, pgettext("date format", "l j F Y"))
        case _:
            return gettext("%(first)s to %(last)s") % {
                "first": written(asked.first, pgettext("date format", "j F")),
                "last": written(asked.last, pgettext("date format", "j F Y")),
            }


def _views(asked: Asked) -> tuple[ViewLink, ...]:
    told = {
        View.MONTH: (pgettext("calendar view", "Month"), pgettext("key of the month", "m")),
        View.WEEK: (pgettext("calendar view", "Week"), pgettext("key of the week", "w")),
        View.DAY: (pgettext("calendar view", "Day"), pgettext("key of the day", "d")),
        View.LIST: (pgettext("calendar view", "List"), pgettext("key of the list", "l")),
        View.BOARD: (pgettext("calendar view", "Board"), pgettext("key of the board", "b")),
    }
    return tuple(
        ViewLink(view, label, asked.seen_as(view, _kept_day(asked)).address, key, view is asked.view)
        for view, (label, key) in told.items()
    )


def _kept_day(asked: Asked) -> date:
    """Who looks at this month or week means today by it."""
    return asked.today if asked.first <= asked.today <= asked.last else asked.day


def _choices(shown: Shown) -> tuple[Choice, ...]:
    asked = shown.asked
    groups = group_words()
    channels = {
        pk: row.name for pk, row in shown.channels.items() if not row.is_removed or pk == asked.channel
    }
    every = (
        (
            "channel",
            pgettext("filter", "Channel"),
            pgettext("filter", "All channels"),
            channels,
            asked.channel,
        ),
        (
            "pillar",
            pgettext("filter", "Pillar"),
            pgettext("filter", "All pillars"),
            shown.pillars,
            asked.pillar,
        ),
        (
            "campaign",
            pgettext("filter", "Campaign"),
            pgettext("filter", "All campaigns"),
            shown.campaigns,
            asked.campaign,
        ),
        ("state", pgettext("filter", "State"), pgettext("filter", "All states"), groups, asked.state),
    )
    narrowing = tuple(
        Choice(name, label, (Option("", all_of_them, not chosen), *_options(values, chosen)))
        for name, label, all_of_them, values, chosen in every
        if values
    )
    return (*narrowing, _colouring(asked))


def _options(values: Mapping[Any, Any], chosen: object) -> list[Option]:
    return [Option(str(value), str(label), value == chosen) for value, label in values.items()]


def _colouring(asked: Asked) -> Choice:
    words = {
        Colour.CHANNEL: pgettext("coloured by", "Channel"),
        Colour.PILLAR: pgettext("coloured by", "Pillar"),
        Colour.STATE: pgettext("coloured by", "State"),
    }
    return Choice("colour", pgettext("filter", "Colour by"), tuple(_options(words, asked.colour)))


def group_words() -> dict[str, str]:
    words = {
        "planned": pgettext("group of states", "Planned"),
        "under_way": pgettext("group of states", "Under way"),
        "out": pgettext("group of states", "Out"),
        "needs": pgettext("group of states", "Waiting for you"),
        "over": pgettext("group of states", "Called off"),
    }
    return {name: words[name] for name in GROUPS}


def _legend(shown: Shown) -> tuple[LegendLine, ...]:
    """Only what stands on the page."""
    match shown.asked.colour:
        case Colour.PILLAR:
            return _pillar_shares(shown)
        case Colour.STATE:
            words = group_words()
            hues = {shown.palette.hue(outing) for outing in shown.outings}
            return tuple(LegendLine(hue, words[name]) for name, hue in STATE_HUES.items() if hue in hues)
        case Colour.CHANNEL:
            return tuple(
                LegendLine(shown.palette.channels[pk], f"{_network(row.network)} · {row.name}")
                for pk, row in shown.channels.items()
                if pk in shown.stretch.alone
            )


def _pillar_shares(shown: Shown) -> tuple[LegendLine, ...]:
    """How much of the time shown each pillar has, beside what it is meant to have."""
    counted = [outing.first.pillar_id for outing in shown.outings if outing.group != "over"]
    told = []
    for pk, pillar in shown.pillars.items():
        if pk not in counted:
            continue
        share = round(100 * counted.count(pk) / len(counted))
        values = {"pillar": pillar.name, "share": share, "meant": pillar.target_percent or 0}
        meant = gettext("%(pillar)s: %(share)s%% here, %(meant)s%% meant")
        alone = gettext("%(pillar)s: %(share)s%% here")
        told.append(LegendLine(pillar.hue, (meant if pillar.target_percent else alone) % values))
    return tuple(told)


def _network(slug: str) -> str:
    try:
        return card(slug).name
    except LookupError:  # a network that this release no longer has
        return slug


def _zones(shown: Shown) -> str:
    clock = shown.clock
    values = {"zone": place(clock.zone), "own": place(clock.own) if clock.own else ""}
    if clock.also(shown.now):
        return gettext("Times of %(zone)s; yours (%(own)s) stands behind them.") % values
    return gettext("Times of %(zone)s") % values


def place(zone: ZoneInfo) -> str:
    return zone.key.rpartition("/")[2].replace("_", " ")
