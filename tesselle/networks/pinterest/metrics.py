"""What Pinterest counts, in our terms. It tells no reach of single pins and no shares; how a film was seen
stands apart from the pin's other figures (`films`)."""

from collections.abc import Mapping
from typing import Any

from tesselle.domain.metrics import Metric, MetricSource, Scope

METRICS: dict[Metric, MetricSource] = {
    Metric.IMPRESSIONS: MetricSource("impression", Scope.POST, note="of its whole life"),
    Metric.CLICKS: MetricSource(
        "clickthrough", Scope.POST, note="to the pin's link; opening the pin is none"
    ),
    Metric.SAVES: MetricSource("save", Scope.POST, note="where Pinterest tells it"),
    Metric.REACTIONS: MetricSource("reaction", Scope.POST),
    Metric.COMMENTS: MetricSource("comment", Scope.POST),
    Metric.VIDEO_VIEWS: MetricSource(
        "VIDEO_MRC_VIEW", Scope.POST, note="of films: at least half of it in sight for two seconds"
    ),
    Metric.WATCH_TIME: MetricSource(
        "VIDEO_V50_WATCH_TIME",
        Scope.POST,
        note="of films, told in milliseconds, during the first ninety days of the pin",
    ),
    Metric.FOLLOWERS: MetricSource("follower_count", Scope.CHANNEL),
    Metric.POSTS: MetricSource("pin_count", Scope.CHANNEL, note="saved pins count as well"),
}


def counted(told: Mapping[str, Any], scope: Scope) -> dict[str, int]:
    """The metrics that are told; what is missing is not zero."""
    return {
        metric.value: int(told[source.field])
        for metric, source in METRICS.items()
        if source.scope is scope and isinstance(told.get(source.field), int | float)
    }


def of_pin(pin: Mapping[str, Any]) -> dict[str, int]:
    """From `pin_metrics`: totals of the pin's life. Those of 90 days would sink again."""
    metrics = pin.get("pin_metrics")
    told = metrics.get("lifetime_metrics") if isinstance(metrics, Mapping) else None
    return counted(told, Scope.POST) if isinstance(told, Mapping) else {}
