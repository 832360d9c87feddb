"""Visits by source, channel and post, summed in the database. Sources stand apart: one visit may be in several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from tesselle.links import selectors as links
from tesselle.measure.models import BusinessResult, SiteVisits, VisitSource
from tesselle.web.kept_query import ANOTHER_ID, SOME_ID, KeptQuery
from tesselle.workspaces.models import Workspace

FILES = "files"
OURS = "ours"


@dataclass(frozen=True, slots=True)
class Told:
    """What one source told of a stretch of days.

    `name`: of connected statistics. `first`, `last`: the days it tells of; `days`: how many. `by_channel` None:
    what its marks attribute to none of ours.
    """

    key: str
    name: str
    first: date
    last: date
    days: int
    by_channel: Mapping[int | None, int]
    by_post: Mapping[int, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.by_channel.values())

    @property
    def attributed(self) -> int:
        return sum(count for channel, count in self.by_channel.items() if channel is not None)


def told_by_files(workspace: Workspace, first: date, last: date) -> Told | None:
    """None where no file tells of these days: that is not zero."""
    return _told(FILES, "", _rows(workspace, first, last).filter(brought__isnull=False))


def _rows(workspace: Workspace, first: date, last: date) -> QuerySet[SiteVisits]:
    return SiteVisits.objects.filter(workspace=workspace, day__gte=first, day__lte=last, counts=True)


def _told(key: str, name: str, rows: QuerySet[SiteVisits]) -> Told | None:
    span = rows.aggregate(first=Min("day"), last=Max("day"), days=Count("day", distinct=True))
    if not span["days"]:
        return None
    by_channel: dict[int | None, int] = {}
    by_post: dict[int, int] = {}
    for row in rows.order_by().values("channel_id", "post_id").annotate(n=Sum("visits")):
        by_channel[row["channel_id"]] = by_channel.get(row["channel_id"], 0) + row["n"]
        if row["post_id"]:
            by_post[row["post_id"]] = by_post.get(row["post_id"], 0) + row["n"]
    return Told(key, name, span["first"], span["last"], span["days"], by_channel, by_post)


def told_by_links(workspace: Workspace, first: date, last: date) -> Told | None:
    """Our own short links; None while there is none."""
    if links.total(workspace, first, last) is None:
        return None
    return Told(
        key=OURS,
        name="",
        first=first,
        last=last,
        days=(last - first).days + 1,
        by_channel=links.by_channel(workspace, first, last),
        by_post=links.by_post(workspace, first, last),
    )


def told_elsewhere(workspace: Workspace, first: date, last: date) -> Sequence[Told]:
    """What was not counted by our own short links."""
    known = VisitSource.objects.filter(workspace=workspace).order_by("kind", "site", "pk")
    rows = _rows(workspace, first, last)
    found = (
        told_by_files(workspace, first, last),
        *(_told(f"source-{one.pk}", str(one), rows.filter(source=one)) for one in known),
    )
    return [one for one in found if one is not None]


def sources(workspace: Workspace, first: date, last: date) -> Sequence[Told]:
    """Each with what it told, our own links first."""
    own = told_by_links(workspace, first, last)
    return [*([own] if own is not None else []), *told_elsewhere(workspace, first, last)]


@dataclass(frozen=True, slots=True)
class Requests:
    """Requests for quotes. `by_channel` None: nobody knows where they came from."""

    by_channel: Mapping[int | None, int]
    by_post: Mapping[int, int]

    @property
    def attributed(self) -> int:
        return sum(count for channel, count in self.by_channel.items() if channel is not None)


def requests_of(workspace: Workspace, first: date, last: date) -> Requests:
    rows = BusinessResult.objects.filter(
        Q(kind=BusinessResult.Kind.QUOTE), workspace=workspace, day__gte=first, day__lte=last
    ).order_by()
    return Requests(
        {row["channel_id"]: row["n"] for row in rows.values("channel_id").annotate(n=Sum("count"))},
        {
            row["post_id"]: row["n"]
            for row in rows.filter(post__isnull=False).values("post_id").annotate(n=Sum("count"))
        },
    )


def of_delivery(post_id: int, channel_id: int) -> Sequence[tuple[str, int]]:
    """What each source tells of one post on one channel, by its name ("" for files)."""
    rows = _of_delivery.rows({SOME_ID: post_id, ANOTHER_ID: channel_id})
    found = {source: int(count) for source, count in rows}
    if not found:
        return []
    names = VisitSource.objects.in_bulk([pk for pk in found if pk])
    return [(str(names[pk]) if pk else "", count) for pk, count in found.items()]


_of_delivery = KeptQuery(
    lambda: (
        SiteVisits.objects.filter(post=SOME_ID, channel=ANOTHER_ID, counts=True)
        .order_by()
        .values("source_id")
        .annotate(n=Sum("visits"))
        .values_list("source_id", "n")
    ),
    is_planned_once=True,
)
