"""What a partner reads: what is planned and agreed, and what is out. No drafts, no comments, no figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import Q

from tesselle.channels.pages import network_name
from tesselle.ledger.models import Delivery, Purpose
from tesselle.plan.calendar.outings import GROUPS
from tesselle.plan.models import CalendarFeed, Event
from tesselle.workspaces.models import Workspace

BACK, AHEAD = timedelta(days=30), timedelta(days=120)
_PLANNED = [state.value for name in ("planned", "under_way") for state in GROUPS[name]]
_OUT = [state.value for state in GROUPS["out"]]


@dataclass(frozen=True, slots=True)
class Shared:
    """One post at one time on some channels. `url`: where it can be seen, once it is out."""

    at: datetime
    text: str
    networks: tuple[str, ...]
    is_out: bool
    url: str


@dataclass(frozen=True, slots=True)
class SharedDay:
    day: date
    posts: tuple[Shared, ...]
    events: tuple[str, ...]
    is_past: bool


def shared_days(feed: CalendarFeed) -> list[SharedDay]:
    """Days on which there is something: today and what comes, then what is past, the latest first."""
    workspace, now = feed.workspace, feed.workspace.now()
    first = (now - BACK).astimezone(workspace.tz).date()
    last = (now + AHEAD).astimezone(workspace.tz).date()
    posts: dict[date, list[Shared]] = {}
    for one in _posts(workspace, now):
        posts.setdefault(one.at.date(), []).append(one)
    events = _events(workspace, first, last)
    today, every = workspace.today(), sorted({*posts, *events})
    days = [day for day in every if day >= today] + [day for day in reversed(every) if day < today]
    return [
        SharedDay(day, tuple(posts.get(day, ())), tuple(events.get(day, ())), day < today) for day in days
    ]


def _posts(workspace: Workspace, now: datetime) -> Iterator[Shared]:
    agreed = Q(channel__needs_approval=False) | Q(variant__revision__approved_at__isnull=False)
    shown = Q(state__in=_OUT) | (Q(state__in=_PLANNED) & agreed)
    rows = (
        Delivery.objects.filter(shown, workspace=workspace, purpose=Purpose.POST, post__deleted_at=None)
        .filter(due_at__gte=now - BACK, due_at__lt=now + AHEAD)
        .select_related("channel", "variant")
        .order_by("due_at", "post_id", "id")
    )
    for (at, _post), group in groupby(rows, key=lambda row: (row.due_at, row.post_id)):
        several = list(group)
        first = several[0]
        yield Shared(
            at=at.astimezone(workspace.tz),
            text=first.content.title or first.content.text,
            networks=tuple(dict.fromkeys(network_name(row.channel.network) for row in several)),
            is_out=all(row.state in _OUT for row in several),
            url=next((url for row in several if (url := _address(row))), ""),
        )


def _address(row: Delivery) -> str:
    url = str((row.remote or {}).get("url", "")) if row.state in _OUT else ""
    return url if url.startswith(("https://", "http://")) else ""


def _events(workspace: Workspace, first: date, last: date) -> dict[date, list[str]]:
    """Each on its days within the stretch."""
    found: dict[date, list[str]] = {}
    for event in Event.objects.filter(workspace=workspace, last_day__gte=first, first_day__lte=last):
        day = max(event.first_day, first)
        while day <= min(event.last_day, last):
            found.setdefault(day, []).append(event.name)
            day += timedelta(days=1)
    return found
