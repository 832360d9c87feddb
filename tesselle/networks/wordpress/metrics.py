"""Core counts nothing but comments and posts; views and visitors belong to plugins."""

from tesselle.domain.metrics import Metric, MetricSource, Scope

METRICS: dict[Metric, MetricSource] = {
    Metric.COMMENTS: MetricSource("X-WP-Total of /comments?post=", Scope.POST, note="approved comments only"),
    Metric.POSTS: MetricSource("X-WP-Total of /posts", Scope.CHANNEL, note="published posts of all authors"),
}
