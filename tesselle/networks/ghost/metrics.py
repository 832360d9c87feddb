"""What a Ghost site counts and tells an integration. Views are not among it."""

from tesselle.domain.metrics import Metric, MetricSource, Scope

METRICS: dict[Metric, MetricSource] = {
    Metric.CLICKS: MetricSource(
        "count.clicks", Scope.POST, note="in the newsletter; missing where a post was not sent as one"
    ),
    Metric.FOLLOWERS: MetricSource("meta.pagination.total of /members/", Scope.CHANNEL, note="members"),
    Metric.POSTS: MetricSource(
        "meta.pagination.total of /posts/", Scope.CHANNEL, note="published posts of all authors"
    ),
}
