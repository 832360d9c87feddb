"""What Reddit counts, in our terms. It tells no views, no reach and no clicks (`view_count` is always null)."""

from collections.abc import Mapping
from typing import Any

from tesselle.domain.metrics import Metric, MetricSource, Scope

METRICS: dict[Metric, MetricSource] = {
    Metric.REACTIONS: MetricSource("score", Scope.POST, note="votes up less votes down, blurred by Reddit"),
    Metric.COMMENTS: MetricSource("num_comments", Scope.POST),
    Metric.SHARES: MetricSource("num_crossposts", Scope.POST, note="crossposts into other communities"),
    Metric.FOLLOWERS: MetricSource("subscribers", Scope.CHANNEL, note="of the profile"),
}


def counted(told: Mapping[str, Any], scope: Scope) -> dict[str, int]:
    """The metrics that are told; what is missing is not zero."""
    return {
        metric.value: max(int(told[source.field]), 0)
        for metric, source in METRICS.items()
        if source.scope is scope and isinstance(told.get(source.field), int)
    }
