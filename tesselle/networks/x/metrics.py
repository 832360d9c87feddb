"""X's counters in our terms. Clicks are told of one's own posts of the last 30 days only."""

from collections.abc import Mapping
from typing import Any

from tesselle.domain.metrics import Metric, MetricSource, Scope

METRICS: dict[Metric, MetricSource] = {
    Metric.IMPRESSIONS: MetricSource("public_metrics.impression_count", Scope.POST),
    Metric.REACTIONS: MetricSource("public_metrics.like_count", Scope.POST),
    Metric.COMMENTS: MetricSource("public_metrics.reply_count", Scope.POST),
    Metric.SHARES: MetricSource(
        "public_metrics.retweet_count+public_metrics.quote_count", Scope.POST, note="reposts and quotes"
    ),
    Metric.SAVES: MetricSource("public_metrics.bookmark_count", Scope.POST),
    Metric.CLICKS: MetricSource(
        "non_public_metrics.url_link_clicks", Scope.POST, note="for 30 days after the post"
    ),
    Metric.VIDEO_VIEWS: MetricSource("media.public_metrics.view_count", Scope.POST),
    Metric.FOLLOWERS: MetricSource("public_metrics.followers_count", Scope.CHANNEL),
    Metric.POSTS: MetricSource("public_metrics.tweet_count", Scope.CHANNEL),
}
NEW_NAMES = {"retweet_count": "repost_count", "tweet_count": "post_count"}
"""Since August 2026 the description calls them otherwise; which of the two comes is not settled."""


def counted(data: Mapping[str, Any], scope: Scope) -> dict[str, int]:
    """The metrics that a post or an account tells. The first field of a sum must be there."""
    values: dict[str, int] = {}
    for metric, source in METRICS.items():
        if source.scope is not scope or metric is Metric.VIDEO_VIEWS:
            continue
        first, *others = (_told(data, name) for name in source.field.split("+"))
        if first is not None:
            values[metric.value] = first + sum(other or 0 for other in others)
    return values


def _told(data: Mapping[str, Any], field: str) -> int | None:
    group, _, name = field.partition(".")
    numbers = data.get(group)
    if not isinstance(numbers, dict):
        return None
    value = numbers.get(name, numbers.get(NEW_NAMES.get(name, "")))
    return value if isinstance(value, int) else None
