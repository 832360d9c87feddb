"""Instagram's figures in our terms."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tesselle.domain.metrics import Metric, MetricSource, Scope

METRICS: dict[Metric, MetricSource] = {
    Metric.IMPRESSIONS: MetricSource(
        "views", Scope.POST, note="how often it was shown or played", since=date(2025, 4, 21)
    ),
    Metric.REACH: MetricSource("reach", Scope.POST),
    Metric.REACTIONS: MetricSource("like_count", Scope.POST),
    Metric.COMMENTS: MetricSource("comments_count", Scope.POST),
    Metric.SHARES: MetricSource("shares", Scope.POST),
    Metric.SAVES: MetricSource("saved", Scope.POST),
    Metric.WATCH_TIME: MetricSource(
        "ig_reels_video_view_total_time", Scope.POST, note="of reels, told in milliseconds"
    ),
    Metric.FOLLOWERS: MetricSource("followers_count", Scope.CHANNEL),
    Metric.POSTS: MetricSource("media_count", Scope.CHANNEL),
}

INSIGHTS: Mapping[str, tuple[str, ...]] = {
    "FEED": ("views", "reach", "shares", "saved"),
    "REELS": ("views", "reach", "shares", "saved"),
    "STORY": ("views", "reach", "shares"),
}
"""What each kind of post is asked for: one metric that does not fit fails the whole call."""
BESIDES: Mapping[str, tuple[str, ...]] = {"REELS": ("ig_reels_video_view_total_time",)}
"""Asked for with the others first, and left out of a second call where that was refused."""
MILLISECONDS = 1000

_NAMES = {
    METRICS[metric].field: metric
    for metric in (Metric.IMPRESSIONS, Metric.REACH, Metric.SHARES, Metric.SAVES, Metric.WATCH_TIME)
}
_FIELDS = {METRICS[metric].field: metric for metric in (Metric.REACTIONS, Metric.COMMENTS)}
_CHANNEL = {METRICS[metric].field: metric for metric in (Metric.FOLLOWERS, Metric.POSTS)}


def _told(item: Mapping[str, Any], names: Mapping[str, Metric]) -> dict[str, int]:
    return {metric.value: item[name] for name, metric in names.items() if isinstance(item.get(name), int)}


def of_post(item: Mapping[str, Any]) -> dict[str, int]:
    return _told(item, _FIELDS)


def of_channel(item: Mapping[str, Any]) -> dict[str, int]:
    return _told(item, _CHANNEL)


def asked_of(product: str) -> tuple[tuple[str, ...], ...]:
    """The metrics of one call, and of the next if that is refused."""
    usual, more = INSIGHTS.get(product, ()), BESIDES.get(product, ())
    return tuple(dict.fromkeys(names for names in ((*usual, *more), usual) if names))


def insights(rows: list[Mapping[str, Any]]) -> dict[str, int]:
    values: dict[str, int] = {}
    for row in rows:
        metric, told = _NAMES.get(str(row.get("name"))), row.get("values") or [{}]
        value = told[-1].get("value")
        if metric is not None and isinstance(value, int):
            values[metric.value] = value // MILLISECONDS if metric is Metric.WATCH_TIME else value
    return values
