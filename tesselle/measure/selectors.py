"""What the pages of figures ask the database: roll-ups only, never snapshots, a fixed number of times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Literal, Protocol

from django.db import connection
from django.db.models import Count, Q

from tesselle.channels.models import Channel
from tesselle.domain.indicators import BASE_METRIC, Base
from tesselle.ledger.models import Delivery, Purpose
from tesselle.measure.models import ChannelDay, Mark
from tesselle.measure.rollups import latest_by
from tesselle.web.kept_query import SOME_ID, SOME_TIME, KeptQuery
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

Span = Literal["now", "before", "quarter"]
SPANS: tuple[Span, ...] = ("now", "before", "quarter")
_OF_A_SPAN = """
SELECT '{span}', {key}, count(*), count(interactions), sum(interactions)::bigint,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY interactions),
       count(rate), percentile_cont(0.5) WITHIN GROUP (ORDER BY rate),
       count(impressions), sum(impressions)::bigint,
       count(reach), percentile_cont(0.5) WITHIN GROUP (ORDER BY reach), max(read_at),
       count(*) FILTER (WHERE read_at > published_at + %(late)s)
FROM (SELECT *, interactions::float8 / nullif({base}, 0) AS rate FROM measure_mark
      WHERE channel_id = ANY(%(channels)s) AND age_days = %(age)s
        AND published_at >= %({since})s AND published_at < %({until})s {only}) m
GROUP BY {group}
"""
"""A span at a time: conditions on each aggregate instead would take twice as long. All columns stand in
`mark_in_order`, so that years of posts are read from the index alone."""
_LIMITS: Mapping[Span, tuple[str, str]] = {
    "now": ("since", "until"),
    "before": ("before", "since"),
    "quarter": ("quarter", "until"),
}
_CAMPAIGN = "AND campaign_id IS NOT DISTINCT FROM %(campaign)s"
_OTHERS = "AND campaign_id IS DISTINCT FROM %(campaign)s"


def summary(
    channel_ids: Sequence[int],
    window: Stretch,
    base: Base,
    campaign_id: int | None = None,
    *,
    whole: tuple[Span, ...] = SPANS,
    by_channel: tuple[Span, ...] = SPANS,
) -> dict[tuple[str, int | None], Summed]:
    """By span (`now`, `before`, `quarter`) and channel; channel None: all of them together. What has no
    posts is not in it. Of a campaign: `now` holds its posts only, the other spans every post but those.
    `whole`, `by_channel`: the spans that are wanted of all together, and of each channel."""
    values: dict[str, Any] = {
        "channels": list(channel_ids),
        "age": window.age_days,
        "since": window.since,
        "until": window.until,
        "before": window.before,
        "quarter": window.quarter,
        "late": latest_by(window.age_days),
        "campaign": campaign_id,
    }
    statement = _statement(BASE_METRIC[base].value, campaign_id is not None, whole, by_channel)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        told = {(span, channel): Summed(*sums) for span, channel, *sums in cursor.fetchall()}
    return {key: summed for key, summed in told.items() if summed.marked}


@cache
def _statement(base: str, of_a_campaign: bool, whole: tuple[Span, ...], by_channel: tuple[Span, ...]) -> str:
    parts = [(span, "NULL::bigint", "()") for span in whole]
    parts += [(span, "channel_id", "channel_id") for span in by_channel]
    return "UNION ALL".join(
        _OF_A_SPAN.format(
            span=span,
            key=key,
            group=group,
            base=base,
            since=_LIMITS[span][0],
            until=_LIMITS[span][1],
            only=(_CAMPAIGN if span == "now" else _OTHERS) if of_a_campaign else "",
        )
        for span, key, group in parts
    )


@dataclass(frozen=True, slots=True)
class Published:
    """Posts that went out: `in_period` of it, `young`: since then, too young for their figures;
    `planned` and `missed` of the period, for how well the plan was kept."""

    in_period: int
    young: int
    missed: int


def published(workspace: Workspace, window: Window, channel: Channel | None = None) -> Published:
    now = {SOME_ID: workspace.pk, _SINCE: window.since, _UNTIL: window.until, _NOW: window.now}
    chosen = {} if channel is None else {_CHANNEL: channel.pk}
    rows = _published(channel is not None).rows(now | chosen)
    return Published(*rows[0]) if rows else Published(0, 0, 0)


_CHANNEL, _SINCE = SOME_ID - 1, SOME_TIME
_UNTIL, _NOW = SOME_TIME + timedelta(days=1), SOME_TIME + timedelta(days=2)


@cache
def _published(of_a_channel: bool) -> KeptQuery[Delivery]:
    out, in_period = Q(state__in=OUT), Q(due_at__lt=_UNTIL)
    rows = Delivery.objects.filter(
        Q(channel_id=_CHANNEL) if of_a_channel else Q(),
        workspace=SOME_ID,
        purpose=Purpose.POST,
        due_at__gte=_SINCE,
        due_at__lte=_NOW,
        state__in=(*OUT, "missed", "refused", "blocked", "unknown"),
    )
    return KeptQuery(
        lambda: (
            rows.order_by()
            .values("workspace_id")
            .annotate(
                in_period=Count("pk", filter=out & in_period),
                young=Count("pk", filter=out & ~in_period),
                missed=Count("pk", filter=~out & in_period),
            )
            .values_list("in_period", "young", "missed")
        )
    )


@dataclass(frozen=True, slots=True)
class Week:
    """`begins`: its Monday in the workspace's zone."""

    begins: date
    posts: int
    interactions: int | None


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
SELECT one.id, f.followers, l.followers, f.day, l.day FROM unnest(%(channels)s::bigint[]) one(id)
CROSS JOIN LATERAL (SELECT day, followers FROM measure_channelday
                    WHERE channel_id = one.id AND day >= %(since)s ORDER BY day LIMIT 1) f
CROSS JOIN LATERAL (SELECT day, followers FROM measure_channelday
                    WHERE channel_id = one.id AND day >= %(since)s ORDER BY day DESC LIMIT 1) l
"""
"""Two looks into the index for each channel, however long the stretch is."""


def growth(channel_ids: Sequence[int], since: date) -> Mapping[int, Growth]:
    """By channel; one that was never told how many follow it is not in it."""
    with connection.cursor() as cursor:
        cursor.execute(_GROWTH, {"channels": list(channel_ids), "since": since})
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
