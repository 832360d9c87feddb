"""TikTok's figures in our terms. Reach, saves and watch time belong to another product of theirs."""

from collections.abc import Mapping
from typing import Any

from tesselle.domain.metrics import Metric, MetricSource, Scope

METRICS: dict[Metric, MetricSource] = {
    Metric.VIDEO_VIEWS: MetricSource("view_count", Scope.POST),
    Metric.REACTIONS: MetricSource("like_count", Scope.POST),
    Metric.COMMENTS: MetricSource("comment_count", Scope.POST),
    Metric.SHARES: MetricSource("share_count", Scope.POST),
    Metric.FOLLOWERS: MetricSource("follower_count", Scope.CHANNEL),
    Metric.POSTS: MetricSource("video_count", Scope.CHANNEL),
}


def _fields(scope: Scope) -> tuple[str, ...]:
    return tuple(source.field for source in METRICS.values() if source.scope is scope)


OF_POST, OF_CHANNEL = _fields(Scope.POST), _fields(Scope.CHANNEL)


def of_post(item: Mapping[str, Any]) -> dict[str, int]:
    return _told(item, Scope.POST)


def of_channel(item: Mapping[str, Any]) -> dict[str, int]:
    return _told(item, Scope.CHANNEL)


def _told(item: Mapping[str, Any], scope: Scope) -> dict[str, int]:
    return {
        metric.value: item[source.field]
        for metric, source in METRICS.items()
        if source.scope is scope and isinstance(item.get(source.field), int)
    }
