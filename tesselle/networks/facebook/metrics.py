"""Facebook's figures in our terms. A Page with fewer than 100 followers is told no insights."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tesselle.domain.metrics import Metric, MetricSource, Scope

METRICS: dict[Metric, MetricSource] = {
    Metric.IMPRESSIONS: MetricSource("post_media_view", Scope.POST, since=date(2025, 11, 15)),
    Metric.REACH: MetricSource("post_total_media_view_unique", Scope.POST),
    Metric.REACTIONS: MetricSource("reactions.summary.total_count", Scope.POST),
    Metric.COMMENTS: MetricSource("comments.summary.total_count", Scope.POST),
    Metric.SHARES: MetricSource("shares.count", Scope.POST, note="the field is left out while it is 0"),
    Metric.CLICKS: MetricSource("post_clicks", Scope.POST),
    Metric.VIDEO_VIEWS: MetricSource("post_video_views", Scope.POST),
    Metric.WATCH_TIME: MetricSource(
        "post_video_view_time", Scope.POST, note="of films, told in milliseconds"
    ),
    Metric.FOLLOWERS: MetricSource("followers_count", Scope.CHANNEL),
}

INSIGHTS: Mapping[str, Metric] = {
    METRICS[metric].field: metric
    for metric in (
        *(Metric.IMPRESSIONS, Metric.REACH, Metric.CLICKS),
        *(Metric.VIDEO_VIEWS, Metric.WATCH_TIME),
    )
}

FIELDS = "reactions.limit(0).summary(total_count),comments.limit(0).summary(total_count)"
POST_FIELDS = f"{FIELDS},shares"
FILM_FIELDS = f"{FIELDS},post_id"
"""Of a film: insights are told of the post that shows it."""
MILLISECONDS = 1000


def counted(item: Mapping[str, Any], *, has_shares: bool = True) -> dict[str, int]:
    """Of a post's own fields. What is not told is not in the answer."""
    values: dict[str, int] = {}
    for metric, name in ((Metric.REACTIONS, "reactions"), (Metric.COMMENTS, "comments")):
        summary = (item.get(name) or {}).get("summary") or {}
        if isinstance(summary.get("total_count"), int):
            values[metric.value] = summary["total_count"]
    if has_shares and values:
        values[Metric.SHARES.value] = int((item.get("shares") or {}).get("count") or 0)
    return values


def insight(row: Mapping[str, Any]) -> dict[str, int]:
    """One metric of an insights answer; breakdowns are left out."""
    metric = INSIGHTS.get(str(row.get("name")))
    values = row.get("values") or [{}]
    value = values[-1].get("value") if isinstance(values[-1], dict) else None
    if metric is None or not isinstance(value, int):
        return {}
    return {metric.value: value // MILLISECONDS if metric is Metric.WATCH_TIME else value}
