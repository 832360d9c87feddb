"""What calendar and list read: only the columns they show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page
from django.db.models import Count, Q, QuerySet, Window
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.domain.lifecycle import NEEDS_A_PERSON, DeliveryState
from tesselle.ledger.models import Delivery, Installation
from tesselle.web.kept_query import SOME_ID, SOME_TIME, KeptQuery
from tesselle.workspaces.models import Workspace

GONE_IS_NEWS_FOR = timedelta(days=7)
"""A removed post asks for attention so long; nothing can be done about it but to know."""


@dataclass(frozen=True, slots=True)
class ChannelRow:
    id: int
    network: str
    name: str
    is_removed: bool
    app: str  # it was signed in through; "" where none is known
    is_limited: bool = False  # it has a budget of a month


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    id: int
    due_at: datetime
    state: str
    channel_id: int
    purpose: str
    title: str


def _row(columns: Sequence[Any]) -> DeliveryRow:
    """From `COLUMNS`, whatever follows them left out; an answer to a deleted post has no title."""
    pk, due_at, state, channel_id, purpose, title = columns[:6]
    return DeliveryRow(pk, due_at, state, channel_id, purpose, title or "")


COLUMNS = ("id", "due_at", "state", "channel_id", "purpose", "post__name")


def channels(workspace: Workspace) -> dict[int, ChannelRow]:
    """All of them, those let go of too: their past stays in the calendar."""
    rows = _channels.rows({SOME_ID: workspace.pk})
    return {
        pk: ChannelRow(pk, network, name or handle, removed is not None, app, budget is not None)
        for pk, network, name, handle, removed, app, budget in rows
    }


_channels = KeptQuery(
    lambda: Channel.objects.filter(workspace=SOME_ID).values_list(
        "id", "network", "display_name", "handle", "removed_at", "app", "month_budget"
    ),
    is_planned_once=True,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; `state` may be `needs`. Days are the workspace's, both included."""

    state: str = ""
    channel_id: int | None = None
    first: date | None = None
    last: date | None = None

    def stretch(self, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
        start = None if self.first is None else midnight(self.first, zone)
        end = None if self.last is None else midnight(self.last + timedelta(days=1), zone)
        return start, end


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def news_since() -> datetime:
    """`changed_at` is real time, in a practice workspace too."""
    return timezone.now() - GONE_IS_NEWS_FOR


def needing_a_person(since: datetime | None = None) -> Q:
    """What stands still until someone decides, and what is out twice. What we took down ourselves is
    no news. `since`: from when on a removed post is news, unless it is `news_since()`."""
    lasting = Q(state__in=[state.value for state in NEEDS_A_PERSON if state is not DeliveryState.REMOVED])
    gone = Q(state=DeliveryState.REMOVED, changed_at__gt=since or news_since())
    return lasting | (gone & ~Q(reason="by_us")) | Q(second_copy__isnull=False)


def listed(workspace: Workspace, wanted: Wanted) -> "QuerySet[Delivery, Any]":
    """Newest first. Counted as it is; read with `listed_rows`, which joins what is shown."""
    rows = Delivery.objects.filter(workspace=workspace)
    if wanted.state == "needs":
        rows = rows.filter(needing_a_person())
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.channel_id is not None:
        rows = rows.filter(channel_id=wanted.channel_id)
    start, end = wanted.stretch(workspace.tz)
    if start is not None:
        rows = rows.filter(due_at__gte=start)
    if end is not None:
        rows = rows.filter(due_at__lt=end)
    return rows.order_by("-due_at", "-id")


def listed_rows(page: Page[Any]) -> list[DeliveryRow]:
    """A page of `listed`."""
    some = page.object_list
    assert isinstance(some, QuerySet)
    return as_rows(some.values_list(*COLUMNS))


def as_rows(tuples: Iterable[Any]) -> list[DeliveryRow]:
    return [_row(row) for row in tuples]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What needs a person: the first few, and how many in all."""

    total: int
    first: tuple[DeliveryRow, ...]
    missed: int


AT_MOST_WAITING = 3


def waiting_for_you(workspace: Workspace, *, at_most: int = AT_MOST_WAITING) -> Waiting:
    rows = _waiting.rows({SOME_ID: workspace.pk, SOME_TIME: news_since()})
    if not rows:
        return Waiting(0, (), 0)
    return Waiting(rows[0][6], tuple(as_rows(rows[:at_most])), rows[0][7])


_waiting = KeptQuery(
    lambda: (
        Delivery.objects.filter(needing_a_person(SOME_TIME), workspace=SOME_ID)
        .annotate(
            total=Window(Count("id")),
            missed=Window(Count("id", filter=Q(state=DeliveryState.MISSED))),
        )
        .order_by("-due_at", "-id")
        .values_list(*COLUMNS, "total", "missed")[:AT_MOST_WAITING]
    )
)


@dataclass(frozen=True, slots=True)
class Held:
    reason: str
    since: datetime | None
    due: int
    in_flight: int


IN_FLIGHT = (DeliveryState.SENDING, DeliveryState.SETTLING, DeliveryState.PROCESSING)


_held = KeptQuery(
    lambda: Installation.objects.filter(id=1, held=True).values_list("held_reason", "held_since")
)


def held(workspace: Workspace) -> Held | None:
    """Why nothing goes out, and what waits meanwhile; None when all is well."""
    rows = _held.rows({})
    if not rows:
        return None
    reason, since = rows[0]
    due = Q(state__in=[DeliveryState.PLANNED, DeliveryState.QUEUED], next_at__lte=workspace.now())
    counts = Delivery.objects.filter(workspace=workspace).aggregate(
        due=Count("id", filter=due), in_flight=Count("id", filter=Q(state__in=IN_FLIGHT))
    )
    return Held(reason, since, counts["due"], counts["in_flight"])


def missed(workspace: Workspace) -> list[DeliveryRow]:
    """In the order they were planned."""
    rows = (
        Delivery.objects.filter(workspace=workspace, state=DeliveryState.MISSED)
        .order_by("due_at", "id")
        .values_list(*COLUMNS)
    )
    return as_rows(rows)
