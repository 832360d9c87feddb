"""A server's counters in our terms: what *this* server has seen. It tells no impressions, reach or clicks."""

from collections.abc import Mapping
from typing import Any

from tesselle.domain.metrics import Metric, MetricSource, Scope

METRICS: dict[Metric, MetricSource] = {
    Metric.REACTIONS: MetricSource("favourites_count", Scope.POST),
    Metric.COMMENTS: MetricSource("replies_count", Scope.POST),
    Metric.SHARES: MetricSource(
        "reblogs_count+quotes_count", Scope.POST, note="boosts, and quotes where the server counts them"
    ),
    Metric.FOLLOWERS: MetricSource("followers_count", Scope.CHANNEL),
    Metric.POSTS: MetricSource("statuses_count", Scope.CHANNEL),
}


def counted(data: Mapping[str, Any], scope: Scope) -> dict[str, int]:
    """The metrics that a status or an account tells. The first field of a sum must be there."""
    values: dict[str, int] = {}
    for metric, source in METRICS.items():
        first, *others = source.field.split("+")
        if source.scope is scope and isinstance(data.get(first), int):
            values[metric.value] = sum(int(data.get(name) or 0) for name in (first, *others))
    return values
