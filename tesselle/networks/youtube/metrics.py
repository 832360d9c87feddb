"""What YouTube counts, in our terms. It tells no reach, and impressions only in bulk reports."""

from collections.abc import Mapping
from typing import Any

from tesselle.domain.metrics import Metric, MetricSource, Scope

VIEWS_FROM_THE_START = "since 24 August 2026 a view counts when playing begins; before, after some seconds"

METRICS: dict[Metric, MetricSource] = {
    Metric.VIDEO_VIEWS: MetricSource("viewCount", Scope.POST, note=VIEWS_FROM_THE_START),
    Metric.REACTIONS: MetricSource("likeCount", Scope.POST, note="likes; dislikes are not told"),
    Metric.COMMENTS: MetricSource("commentCount", Scope.POST),
    Metric.SHARES: MetricSource("shares", Scope.POST, note="YouTube Analytics, two to three days late"),
    Metric.SAVES: MetricSource(
        "videosAddedToPlaylists", Scope.POST, note="YouTube Analytics, two to three days late"
    ),
    Metric.WATCH_TIME: MetricSource(
        "estimatedMinutesWatched", Scope.POST, note="whole minutes; YouTube Analytics, two to three days late"
    ),
    Metric.FOLLOWERS: MetricSource(
        "subscriberCount", Scope.CHANNEL, note="rounded by YouTube to three figures"
    ),
    Metric.POSTS: MetricSource("videoCount", Scope.CHANNEL, note="public films"),
}
ANALYTICS = (Metric.SHARES, Metric.SAVES, Metric.WATCH_TIME)
MINUTE = 60


def counted(told: Mapping[str, Any], scope: Scope) -> dict[str, int]:
    """YouTube writes numbers as words; what is hidden is not told, and is not zero."""
    return {
        metric.value: int(told[source.field])
        for metric, source in METRICS.items()
        if source.scope is scope and str(told.get(source.field, "")).isdecimal()
    }


def of_channel(statistics: Mapping[str, Any]) -> dict[str, int]:
    values = counted(statistics, Scope.CHANNEL)
    if statistics.get("hiddenSubscriberCount"):
        values.pop(Metric.FOLLOWERS.value, None)
    return values


def of_report(report: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """By film. One without any activity has no row, and nothing is said of it."""
    columns = [str(one.get("name")) for one in report.get("columnHeaders") or ()]
    found = {}
    for row in report.get("rows") or ():
        told = dict(zip(columns, row, strict=False))
        found[str(told.get("video"))] = {
            metric.value: int(told[METRICS[metric].field]) * (MINUTE if metric is Metric.WATCH_TIME else 1)
            for metric in ANALYTICS
            if isinstance(told.get(METRICS[metric].field), int | float)
        }
    return found
