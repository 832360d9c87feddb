"""What the pages of figures ask the database: roll-ups only, never snapshots, a fixed number of times."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Protocol

from django.db import connection
from django.db.models import Count, Q

from tesselle.channels.models import Channel
from tesselle.domain.indicators import BASE_METRIC, LATE_SHARE, Base
from tesselle.ledger.models import Delivery, Purpose
from tesselle.measure.models import ChannelDay, Mark
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

_SPANS = ("now", "before", "quarter")
_OF_A_SPAN = """
count(*) {here}, count(interactions) {here}, (sum(interactions) {here})::bigint,
percentile_cont(0.5) WITHIN GROUP (ORDER BY interactions) {here},
count(rate) {here}, percentile_cont(0.5) WITHIN GROUP (ORDER BY rate) {here},
count(impressions) {here}, (sum(impressions) {here})::bigint,
count(reach) {here}, percentile_cont(0.5) WITHIN GROUP (ORDER BY reach) {here}, max(read_at) {here},
count(*) FILTER (WHERE "{span}" AND is_late)"""
_SUMMARY = """
SELECT CASE WHEN grouping(channel_id) = 0 THEN channel_id END, {spans}
FROM (
  SELECT channel_id, read_at, interactions, interactions::float8 / nullif({base}, 0) AS rate, impressions, reach,
         read_at > published_at + age_days * %(late)s * interval '1 day' AS is_late,
         published_at >= %(since)s AND published_at < %(until)s {only} AS "now",
         published_at >= %(before)s AND published_at < %(since)s {others} AS "before",
         published_at >= %(quarter)s AND published_at < %(until)s {others} AS "quarter"
  FROM measure_mark WHERE channel_id = ANY(%(channels)s) AND age_days = %(age)s
    AND published_at >= least(%(since)s::timestamptz, %(before)s, %(quarter)s)
    AND published_at < greatest(%(since)s::timestamptz, %(until)s)) m
GROUP BY GROUPING SETS ((), (channel_id))
"""
"""Each mark is read once: the spans lie over one another."""
_OF_A_CAMPAIGN = (
    "AND campaign_id IS NOT DISTINCT FROM %(campaign)s",
    "AND campaign_id IS DISTINCT FROM %(campaign)s",
)


def summary(
    channel_ids: Sequence[int], window: Stretch, base: Base, campaign_id: int | None = None
) -> dict[tuple[str, int | None], Summed]:
    """By span (`now`, `before`, `quarter`) and channel; channel None: all of them together. What has no
    posts is not in it. Of a campaign: `now` holds its posts only, the other spans every post but those."""
    values: dict[str, Any] = {
        "channels": list(channel_ids),
        "age": window.age_days,
        "since": window.since,
        "until": window.until,
        "before": window.before,
        "quarter": window.quarter,
        "late": 1 + LATE_SHARE,
        "campaign": campaign_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(_statement(BASE_METRIC[base].value, campaign_id is not None), values)
        rows = cursor.fetchall()
    width = len(dataclasses.fields(Summed))
    told = {
        (span, channel): Summed(*sums[place * width : (place + 1) * width])
        for channel, *sums in rows
        for place, span in enumerate(_SPANS)
    }
    return {key: summed for key, summed in told.items() if summed.marked}


@cache
def _statement(base: str, of_a_campaign: bool) -> str:
    spans = (_OF_A_SPAN.format(here=f'FILTER (WHERE "{span}")', span=span) for span in _SPANS)
    only, others = _OF_A_CAMPAIGN if of_a_campaign else ("", "")
    return _SUMMARY.format(base=base, spans=", ".join(spans), only=only, others=others)


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


_WEEKS = """
SELECT date_trunc('week', published_at AT TIME ZONE %(zone)s)::date, count(*), sum(interactions)::bigint
FROM measure_mark WHERE channel_id = ANY(%(channels)s) AND age_days = %(age)s
  AND published_at >= %(since)s AND published_at < %(until)s
GROUP BY 1 ORDER BY 1
"""


def weeks(workspace: Workspace, channel_ids: Sequence[int], window: Window) -> list[Week]:
    """The period's weeks, at least twelve, in order; weeks without posts are not among them."""
    values: dict[str, Any] = {
        "zone": workspace.zone,
        "channels": list(channel_ids),
        "age": window.age_days,
        "since": min(window.since, window.until - timedelta(weeks=12)),
        "until": window.until,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WEEKS, values)
        return [Week(*row) for row in cursor.fetchall()]


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
