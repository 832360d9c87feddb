"""What the calendar and the list show, computed; the templates only place it."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from tesselle.plan import layers, selectors
from tesselle.plan.chips import ChipMaker, delivery_address, network_icon
from tesselle.plan.selectors import ChannelRow, DeliveryRow, Held, ShownRow
from tesselle.web.dates import written
from tesselle.workspaces.models import Workspace

PER_DAY = 4


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    label: str  # "Tuesday 24 November"
    weekday: str
    classes: str
    is_today: bool
    chips: SafeString
    more: int
    list_url: str


@dataclass(frozen=True, slots=True)
class MonthPage:
    title: str
    weekdays: tuple[str, ...]
    days: tuple[Day, ...]
    previous: str  # YYYY-MM
    next: str
    today: str
    is_current: bool
    is_empty: bool


def month_page(workspace: Workspace, year: int, month: int, channels: Mapping[int, ChannelRow]) -> MonthPage:
    dates = [day for week in calendar.Calendar(0).monthdatescalendar(year, month) for day in week]
    start = selectors.midnight(dates[0], workspace.tz)
    end = selectors.midnight(dates[-1] + timedelta(days=1), workspace.tz)
    rows: dict[date, list[ShownRow]] = {}
    for shown in selectors.month(workspace, start, end, per_day=PER_DAY):
        rows.setdefault(shown.day, []).append(shown)
    marks = layers.marks(layers.Stretch(workspace, start, end, PER_DAY))
    today = workspace.now().astimezone(workspace.tz).date()
    first = date(year, month, 1)
    maker = ChipMaker(workspace.tz, channels)
    list_url = reverse("plan:list")
    weekdays = [date_format(day, "D") for day in dates[:7]]
    return MonthPage(
        title=date_format(first, "F Y"),
        weekdays=tuple(weekdays),
        days=tuple(
            _day(day, month, today, rows.get(day, []), marks.get(day), maker, list_url, weekdays)
            for day in dates
        ),
        previous=f"{first - timedelta(days=1):%Y-%m}",
        next=f"{first + timedelta(days=32):%Y-%m}",
        today=f"{today:%Y-%m}",
        is_current=(today.year, today.month) == (year, month),
        is_empty=not rows and not marks,
    )


def _day(
    day: date,
    month: int,
    today: date,
    rows: list[ShownRow],
    marks: layers.DayMarks | None,
    maker: ChipMaker,
    list_url: str,
    weekdays: list[str],
) -> Day:
    drawn = [(shown.row.due_at, maker.chip(shown.row)) for shown in rows]
    total = rows[0].day_total if rows else 0
    if marks is not None:
        drawn += [(mark.at, maker.elsewhere(mark)) for mark in marks.first]
        drawn.sort(key=lambda pair: pair[0])
        total += marks.total
    chips = [html for _, html in drawn[:PER_DAY]]
    return Day(
        date=day,
        label=written(day, pgettext("date format", "l j F")),
        weekday=weekdays[day.weekday()],
        classes=_classes(day, month, today, bool(chips)),
        is_today=day == today,
        chips=mark_safe("".join(chips)),  # noqa: S308 - chips escape
        more=total - len(chips),
        list_url=f"{list_url}?{urlencode({'from': day.isoformat(), 'to': day.isoformat()})}",
    )


def _classes(day: date, month: int, today: date, has_posts: bool) -> str:
    names = ["day"]
    if not has_posts:
        names.append("day--empty")
    if day < today:
        names.append("day--past")
    if day == today:
        names.append("day--today")
    if day.month != month:
        names.append("day--outside")
    return " ".join(names)


@dataclass(frozen=True, slots=True)
class Line:
    """One delivery in a list."""

    id: int
    url: str
    when: str
    due_at: datetime
    title: str
    purpose: str
    state: str
    channel: str
    network: SafeString


def purpose_word(purpose: str) -> str:
    """What a delivery that is not a post does; nothing for a post."""
    match purpose:
        case "answer":
            return pgettext("purpose", "Answer")
        case "edit":
            return pgettext("purpose", "Change")
        case "delete":
            return pgettext("purpose", "Deletion")
        case _:
            return ""


def lines(
    workspace: Workspace,
    rows: list[DeliveryRow] | tuple[DeliveryRow, ...],
    channels: Mapping[int, ChannelRow],
) -> list[Line]:
    address = delivery_address()
    icons = {row.network: network_icon(row.network) for row in channels.values()}
    style = pgettext("date format", "D j M Y, H:i")
    return [
        Line(
            id=row.id,
            url=address(row.id),
            when=written(row.due_at.astimezone(workspace.tz), style),
            due_at=row.due_at,
            title=row.title or pgettext("post", "Untitled"),
            purpose=purpose_word(row.purpose),
            state=row.state,
            channel=channels[row.channel_id].name,
            network=icons[channels[row.channel_id].network],
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    when: str
    text: str
    url: str
    channel: str
    network: SafeString


def elsewhere(workspace: Workspace, day: date, channels: Mapping[int, ChannelRow]) -> list[Elsewhere]:
    """Everything that layers tell of one day; the list of a day must hold what its calendar cell counts."""
    start = selectors.midnight(day, workspace.tz)
    end = selectors.midnight(day + timedelta(days=1), workspace.tz)
    marks = layers.marks(layers.Stretch(workspace, start, end, per_day=200)).get(day)
    if marks is None:
        return []
    return [
        Elsewhere(
            when=date_format(mark.at.astimezone(workspace.tz), "H:i"),
            text=mark.text,
            url=mark.url if mark.url.startswith(("https://", "http://")) else "",
            channel=channels[mark.channel_id].name,
            network=network_icon(channels[mark.channel_id].network),
        )
        for mark in marks.first
    ]


@dataclass(frozen=True, slots=True)
class HeldNote:
    sentence: str
    due: int
    in_flight: int
    since: datetime | None


def held_note(held: Held | None) -> HeldNote | None:
    if held is None:
        return None
    match held.reason:
        case "restored" | "restore":
            sentence = gettext("A backup was restored. What went out since then may not be known here.")
        case "imported" | "import":
            sentence = gettext(
                "Data were imported. What the earlier installation sent may not be known here."
            )
        case "moved" | "new_machine" | "other_machine":
            sentence = gettext(
                "This installation was started on another machine. The first may still be sending."
            )
        case _:
            sentence = gettext("Sending was stopped for the whole installation.")
    return HeldNote(sentence, held.due, held.in_flight, held.since)
