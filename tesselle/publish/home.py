"""The first page: what needs you, and what goes out next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from tesselle.domain.lifecycle import DeliveryState
from tesselle.ledger.models import Delivery, Purpose
from tesselle.plan import pages, selectors
from tesselle.plan.pages import Line
from tesselle.plan.selectors import DeliveryRow
from tesselle.web import needs
from tesselle.web.dates import written
from tesselle.web.htmx import show
from tesselle.workspaces.access import Right, may, may_create_workspaces, member_of
from tesselle.workspaces.models import Member, Workspace

AHEAD = timedelta(days=7)
MOST_POSTS, MOST_ROWS = 24, 400
"""A post may go out on twenty channels at once."""

_ON_ITS_WAY = (
    DeliveryState.PLANNED,
    DeliveryState.QUEUED,
    DeliveryState.SENDING,
    DeliveryState.PROCESSING,
    DeliveryState.WAITING,
    DeliveryState.SETTLING,
)


@dataclass(frozen=True, slots=True)
class Together:
    """One post at one instant, on each of its channels."""

    first: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class DayAhead:
    label: str
    posts: tuple[Together, ...]


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    found = needs.everything(request)
    channels = selectors.channels(member.workspace)
    context = {
        "needs": found,
        "days": _ahead(member.workspace, channels),
        "has_channels": any(not channel.is_removed for channel in channels.values()),
        "may_write": may(member, Right.WRITE),
        "practice_url": _practice_url(member),
    }
    return show(request, "publish/needs.html", "publish/_needs.html", context)


def _practice_url(member: Member) -> str:
    """Where somebody in a real workspace makes one to practise in; empty for who may not."""
    if member.workspace.is_practice or not may_create_workspaces(member.user):
        return ""
    return reverse("workspaces:new") + "?practice"


@require_GET
def count(request: HttpRequest) -> HttpResponse:
    """The number in the navigation, asked for again when something changed."""
    member_of(request)
    context = {"count": needs.total(request), "url": request.path}
    return render(request, "web/components/nav_count.html", context)


def _ahead(workspace: Workspace, channels: dict[int, selectors.ChannelRow]) -> list[DayAhead]:
    """What goes out in the week to come, by local day."""
    now = workspace.now()
    rows = selectors.as_rows(
        Delivery.objects.filter(
            workspace=workspace,
            purpose=Purpose.POST,
            state__in=_ON_ITS_WAY,
            due_at__gte=now - timedelta(days=1),
            due_at__lt=now + AHEAD,
        )
        .order_by("due_at", "id")
        .values_list(*selectors.COLUMNS)[:MOST_ROWS]
    )
    today = now.astimezone(workspace.tz).date()
    by_day: dict[str, list[Line]] = {}
    for line in pages.lines(workspace, _first_posts(rows), channels):
        day = line.due_at.astimezone(workspace.tz).date()
        match (day - today).days:
            case 0:
                label = pgettext("day", "Today")
            case 1:
                label = pgettext("day", "Tomorrow")
            case _:
                label = written(day, pgettext("date format", "l j F"))
        by_day.setdefault(label, []).append(line)
    days, left = [], MOST_POSTS
    for label, lines in by_day.items():
        if posts := _together(lines)[:left]:
            days.append(DayAhead(label, posts))
        left -= len(posts)
    return days


def _first_posts(rows: list[DeliveryRow]) -> list[DeliveryRow]:
    """What the page has room for, on all its channels: the rest needs no words."""
    seen: set[tuple[datetime, str]] = set()
    for place, row in enumerate(rows):
        seen.add((row.due_at, row.title))
        if len(seen) > MOST_POSTS:
            return rows[:place]
    return rows


def _together(lines: list[Line]) -> tuple[Together, ...]:
    found: dict[tuple[datetime, str], list[Line]] = {}
    for line in lines:
        found.setdefault((line.due_at, line.title), []).append(line)
    return tuple(Together(same[0], tuple(same)) for same in found.values())
