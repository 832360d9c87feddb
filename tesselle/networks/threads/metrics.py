"""Threads' figures in our terms. Reach, saves and watch time are not told."""

from collections.abc import Iterable, Mapping
from typing import Any

from tesselle.domain.metrics import Metric, MetricSource, Scope

METRICS: dict[Metric, MetricSource] = {
    Metric.IMPRESSIONS: MetricSource("views", Scope.POST, note="“in development”, by Meta's own words"),
    Metric.REACTIONS: MetricSource("likes", Scope.POST),
    Metric.COMMENTS: MetricSource("replies", Scope.POST, note="a thread's first part counts those of all"),
    Metric.SHARES: MetricSource(
        "reposts+quotes+shares", Scope.POST, note="reposts, quotes, and sent to somebody"
    ),
    Metric.FOLLOWERS: MetricSource("followers_count", Scope.CHANNEL),
}


def _names(scope: Scope) -> tuple[str, ...]:
    return tuple(
        name for source in METRICS.values() if source.scope is scope for name in source.field.split("+")
    )


OF_POST, OF_CHANNEL = _names(Scope.POST), _names(Scope.CHANNEL)


def of_post(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    return _counted(rows, Scope.POST)


def of_channel(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    return _counted(rows, Scope.CHANNEL)


def _counted(rows: Iterable[Mapping[str, Any]], scope: Scope) -> dict[str, int]:
    """A sum is told as soon as one of its figures is."""
    told = {str(row.get("name")): value for row in rows if (value := _value(row)) is not None}
    found = {}
    for metric, source in METRICS.items():
        numbers = [told[name] for name in source.field.split("+") if name in told]
        if source.scope is scope and numbers:
            found[metric.value] = sum(numbers)
    return found


def _value(row: Mapping[str, Any]) -> int | None:
    """A total, or the last of a list of values."""
    total, values = row.get("total_value"), row.get("values")
    holder = total if isinstance(total, dict) else values[-1] if isinstance(values, list) and values else {}
    value = holder.get("value") if isinstance(holder, dict) else None
    return value if isinstance(value, int) else None
