"""What a webhook is told of its own messages."""

from tesselle.domain.metrics import Metric, MetricSource, Scope

METRICS: dict[Metric, MetricSource] = {
    Metric.REACTIONS: MetricSource(
        "message.reactions[].count",
        Scope.POST,
        note="in the schema of a message; missing, not zero, where Discord leaves the list out",
    ),
}
