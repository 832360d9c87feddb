"""Bluesky's counters in our terms. It tells no impressions, reach, clicks or views."""

from tesselle.domain.metrics import Metric, MetricSource, Scope

METRICS: dict[Metric, MetricSource] = {
    Metric.REACTIONS: MetricSource("likeCount", Scope.POST),
    Metric.COMMENTS: MetricSource("replyCount", Scope.POST),
    Metric.SHARES: MetricSource("repostCount+quoteCount", Scope.POST, note="reposts and quotes together"),
    Metric.SAVES: MetricSource("bookmarkCount", Scope.POST),
    Metric.FOLLOWERS: MetricSource("followersCount", Scope.CHANNEL),
    Metric.POSTS: MetricSource("postsCount", Scope.CHANNEL),
}
