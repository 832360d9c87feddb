"""What Telegram's numbers mean in our terms. Views and forwards are not told to bots."""

from tesselle.domain.metrics import Metric, MetricSource, Scope

METRICS: dict[Metric, MetricSource] = {
    Metric.FOLLOWERS: MetricSource("getChatMemberCount", Scope.CHANNEL),
    Metric.REACTIONS: MetricSource(
        "message_reaction_count.reactions[].total_count",
        Scope.POST,
        note="pushed after a change, never asked for: missing until one was seen",
    ),
    Metric.COMMENTS: MetricSource(
        "replies to the automatic forward, counted",
        Scope.POST,
        note="told only while the forward itself is among the pending updates (24 hours at most)",
    ),
}
