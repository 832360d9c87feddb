"""What the pages of figures ask the database: roll-ups only, never snapshots, a fixed number of times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from django.db import connection
from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncWeek

from tesselle.channels.models import Channel
from tesselle.domain.indicators import BASE_METRIC, LATE_SHARE, Base
from tesselle.ledger.models import Delivery, Purpose
from tesselle.measure.models import ChannelDay, Mark
from tesselle.workspaces.models import Workspace

QUARTER = timedelta(days=90)
FEWEST = 6
"""Posts on each side below which a comparison is mostly luck."""

OUT = ("live", "sent", "partial")


class Stretch(Protocol):
    """Posts published from `since` to `until`, looked at when they were `age_days` old; `before`: where
    the period to compare with begins, `quarter`: where the 90 days do."""

    @property
    def age_days(self) -> int: ...
    @property
    def since(self) -> datetime: ...
    @property
    def until(self) -> datetime: ...
    @property
    def before(self) -> datetime: ...
    @property
    def quarter(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Window:
    """Posts of `since` to `until`, all of them old enough for their figures at `age_days`; the period
    before is as long, the quarter ends with it."""

    days: int
    age_days: int
    now: datetime

    @property
    def until(self) -> datetime:
        return self.now - timedelta(days=self.age_days)

    @property
    def since(self) -> datetime:
        return self.until - timedelta(days=self.days)

    @property
    def before(self) -> datetime:
        return self.since - timedelta(days=self.days)

    @property
    def quarter(self) -> datetime:
        return self.until - QUARTER


@dataclass(frozen=True, slots=True)
class Summed:
    """Of some posts: `marked` have figures at that age, the others of these counts are how many tell
    the figure; None where nobody does. `late`: read later than that age, from an export."""

    marked: int = 0
    with_interactions: int = 0
    interactions: int | None = None
    median_interactions: float | None = None
    with_rate: int = 0
    median_rate: float | None = None
    with_impressions: int = 0
    impressions: int | None = None
    with_reach: int = 0
    median_reach: float | None = None
    read_at: datetime | None = None
    late: int = 0


NOTHING = Summed()

_SUMMARY = """
SELECT s.span, CASE WHEN grouping(m.channel_id) = 0 THEN m.channel_id END,
       count(*), count(m.interactions), sum(m.interactions)::bigint,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY m.interactions),
       count(r.rate), percentile_cont(0.5) WITHIN GROUP (ORDER BY r.rate),
       count(m.impressions), sum(m.impressions)::bigint,
       count(m.reach), percentile_cont(0.5) WITHIN GROUP (ORDER BY m.reach), max(m.read_at),
       count(*) FILTER (WHERE m.read_at > m.published_at + m.age_days * %(late)s * interval '1 day')
FROM (VALUES ('now', %(since)s::timestamptz, %(until)s::timestamptz),
             ('before', %(before)s, %(since)s), ('quarter', %(quarter)s, %(until)s)) s(span, since, until)
JOIN measure_mark m ON m.channel_id = ANY(%(channels)s) AND m.age_days = %(age)s
  AND m.published_at >= s.since AND m.published_at < s.until
CROSS JOIN LATERAL (SELECT m.interactions::float8 / nullif({base}, 0) AS rate) r
GROUP BY GROUPING SETS ((s.span), (s.span, m.channel_id))
"""


def summary(channel_ids: Sequence[int], window: Stretch, base: Base) -> dict[tuple[str, int | None], Summed]:
    """By span (`now`, `before`, `quarter`) and channel; channel None: all of them together."""
    column = BASE_METRIC[base].value
    values: dict[str, Any] = {
        "channels": list(channel_ids),
        "age": window.age_days,
        "since": window.since,
        "until": window.until,
        "before": window.before,
        "quarter": window.quarter,
        "late": 1 + LATE_SHARE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SUMMARY.format(base=f"m.{column}"), values)
        return {(span, channel): Summed(*rest) for span, channel, *rest in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Published:
    """Posts that went out: `in_period` of it, `young`: since then, too young for their figures;
    `planned` and `missed` of the period, for how well the plan was kept."""

    in_period: int
    young: int
    missed: int


def published(workspace: Workspace, window: Window, channel: Channel | None = None) -> Published:
    rows = Delivery.objects.filter(
        workspace=workspace, purpose=Purpose.POST, due_at__gte=window.since, due_at__lte=window.now
    )
    if channel is not None:
        rows = rows.filter(channel=channel)
    out = Q(state__in=OUT)
    return Published(
        **rows.filter(state__in=(*OUT, "missed", "refused", "blocked", "unknown")).aggregate(
            in_period=Count("pk", filter=out & Q(due_at__lt=window.until)),
            young=Count("pk", filter=out & Q(due_at__gte=window.until)),
            missed=Count("pk", filter=~out & Q(due_at__lt=window.until)),
        )
    )


@dataclass(frozen=True, slots=True)
class Week:
    """`begins`: its Monday in the workspace's zone."""

    begins: date
    posts: int
    interactions: int | None


def weeks(workspace: Workspace, channel_ids: Sequence[int], window: Window) -> list[Week]:
    """The period's weeks, at least twelve, in order; weeks without posts are not among them."""
    since = min(window.since, window.until - timedelta(weeks=12))
    rows = (
        Mark.objects.filter(
            channel_id__in=channel_ids,
            age_days=window.age_days,
            published_at__gte=since,
            published_at__lt=window.until,
        )
        .annotate(week=TruncWeek("published_at", tzinfo=workspace.tz))
        .values("week")
        .annotate(posts=Count("pk"), total=Sum("interactions"))
        .order_by("week")
        .values_list("week", "posts", "total")
    )
    return [Week(begins.date(), posts, total) for begins, posts, total in rows]


@dataclass(frozen=True, slots=True)
class Growth:
    """Followers at the beginning and the end of a stretch, as they were read on those days."""

    first: int
    last: int
    first_day: date
    last_day: date

    @property
    def rate(self) -> float | None:
        return (self.last - self.first) / self.first if self.first else None


_GROWTH = """
SELECT channel_id, (array_agg(followers ORDER BY day))[1], (array_agg(followers ORDER BY day DESC))[1],
       min(day), max(day)
FROM measure_channelday WHERE channel_id = ANY(%s) AND day >= %s GROUP BY channel_id
"""


def growth(channel_ids: Sequence[int], since: date) -> Mapping[int, Growth]:
    """By channel; one that was never told how many follow it is not in it."""
    with connection.cursor() as cursor:
        cursor.execute(_GROWTH, [list(channel_ids), since])
        return {channel: Growth(*rest) for channel, *rest in cursor.fetchall()}


def follower_days(channel: Channel, since: date) -> list[tuple[date, int]]:
    return list(
        ChannelDay.objects.filter(channel=channel, day__gte=since)
        .order_by("day")
        .values_list("day", "followers")
    )


def latest_marks(channel: Channel, window: Window, most: int) -> list[Mark]:
    """The newest posts of the period with their post and delivery."""
    return list(
        Mark.objects.filter(
            channel=channel,
            age_days=window.age_days,
            published_at__gte=window.since,
            published_at__lt=window.until,
        )
        .select_related("series__delivery__post")
        .order_by("-published_at", "-pk")[:most]
    )


def marks_of_post(post_id: int, age_days: int) -> dict[int, Mark]:
    """By delivery."""
    found = Mark.objects.filter(series__delivery__post_id=post_id, age_days=age_days).select_related("series")
    return {mark.series.delivery_id: mark for mark in found if mark.series.delivery_id is not None}
