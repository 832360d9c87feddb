"""LinkedIn's figures in our terms. A page's come together, a member's one call each (`figures`)."""

from tesselle.domain.metrics import Metric, MetricSource, Scope

METRICS: dict[Metric, MetricSource] = {
    Metric.IMPRESSIONS: MetricSource("impressionCount / IMPRESSION", Scope.POST),
    Metric.REACH: MetricSource("uniqueImpressionsCount / MEMBERS_REACHED", Scope.POST),
    Metric.REACTIONS: MetricSource("likeCount / REACTION", Scope.POST, note="every kind of reaction"),
    Metric.COMMENTS: MetricSource("commentCount / COMMENT", Scope.POST),
    Metric.SHARES: MetricSource("shareCount / RESHARE", Scope.POST),
    Metric.CLICKS: MetricSource(
        "clickCount", Scope.POST, note="pages only: on the post, its link, its company name"
    ),
    Metric.VIDEO_VIEWS: MetricSource(
        "VIDEO_VIEW / VIDEO_PLAY", Scope.POST, note="of films: seen for 3 seconds, for 2 on a member’s"
    ),
    Metric.WATCH_TIME: MetricSource(
        "TIME_WATCHED / VIDEO_WATCH_TIME",
        Scope.POST,
        note="of films, told in milliseconds; of pages only where the installation switched it on",
    ),
    Metric.FOLLOWERS: MetricSource("firstDegreeSize", Scope.CHANNEL, note="pages only"),
}


FILM_METRICS = (Metric.VIDEO_VIEWS, Metric.WATCH_TIME)


def fields(of_page: bool) -> dict[str, str]:
    """Their field -> our metric, for posts; those of films are asked for elsewhere (`films`)."""
    place = 0 if of_page else -1
    return {
        source.field.split(" / ")[place]: metric.value
        for metric, source in METRICS.items()
        if source.scope is Scope.POST and metric not in FILM_METRICS and (of_page or " / " in source.field)
    }
