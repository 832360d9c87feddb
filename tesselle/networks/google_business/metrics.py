"""What Google counts of a place, in our terms. Of single posts it tells nothing."""

from collections.abc import Mapping
from typing import Any

from tesselle.domain.metrics import Metric, MetricSource, Scope

SHOWN = (
    "BUSINESS_IMPRESSIONS_DESKTOP_MAPS",
    "BUSINESS_IMPRESSIONS_DESKTOP_SEARCH",
    "BUSINESS_IMPRESSIONS_MOBILE_MAPS",
    "BUSINESS_IMPRESSIONS_MOBILE_SEARCH",
)
PRESSED = ("WEBSITE_CLICKS", "CALL_CLICKS", "BUSINESS_DIRECTION_REQUESTS")
DAILY = (*SHOWN, *PRESSED)

METRICS: dict[Metric, MetricSource] = {
    Metric.IMPRESSIONS: MetricSource(
        "BUSINESS_IMPRESSIONS_*", Scope.CHANNEL, note="of the last 28 days, each person once a day and place"
    ),
    Metric.CLICKS: MetricSource(
        "WEBSITE_CLICKS, CALL_CLICKS, BUSINESS_DIRECTION_REQUESTS",
        Scope.CHANNEL,
        note="of the last 28 days: to the website, to call, for the way",
    ),
    Metric.COMMENTS: MetricSource("totalReviewCount", Scope.CHANNEL, note="reviews"),
}


def of_days(told: Mapping[str, Any]) -> dict[str, int]:
    """A day without a value is a day of nothing; an answer without a series tells nothing."""
    sums: dict[str, int] = {}
    for group in told.get("multiDailyMetricTimeSeries") or ():
        for series in group.get("dailyMetricTimeSeries") or ():
            days = (series.get("timeSeries") or {}).get("datedValues") or ()
            sums[str(series.get("dailyMetric"))] = sum(int(day.get("value") or 0) for day in days)
    found = {}
    for metric, names in ((Metric.IMPRESSIONS, SHOWN), (Metric.CLICKS, PRESSED)):
        if set(names) & set(sums):
            found[metric.value] = sum(sums.get(name, 0) for name in names)
    return found


def of_reviews(told: Mapping[str, Any]) -> dict[str, int]:
    count = told.get("totalReviewCount")
    return {Metric.COMMENTS.value: count} if isinstance(count, int) else {}
