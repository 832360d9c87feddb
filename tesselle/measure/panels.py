"""What measuring tells on other pages: the figures of a delivery, and the calendar's past."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Window
from django.db.models.functions import Left, RowNumber, TruncDate
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy

from tesselle.domain.lifecycle import DeliveryState
from tesselle.domain.metrics import Metric, Scope
from tesselle.ledger.models import Delivery, Purpose
from tesselle.measure.models import PastPost, Series, Snapshot
from tesselle.networks import plugin
from tesselle.plan.layers import DayMarks, Mark, Stretch
from tesselle.web.panels import Content

NAMES: Mapping[Metric, Promise] = {
    Metric.IMPRESSIONS: pgettext_lazy("metric", "Impressions"),
    Metric.REACH: pgettext_lazy("metric", "Reach"),
    Metric.REACTIONS: pgettext_lazy("metric", "Reactions"),
    Metric.COMMENTS: pgettext_lazy("metric", "Comments"),
    Metric.SHARES: pgettext_lazy("metric", "Shares"),
    Metric.SAVES: pgettext_lazy("metric", "Saves"),
    Metric.CLICKS: pgettext_lazy("metric", "Clicks"),
    Metric.VIDEO_VIEWS: pgettext_lazy("metric", "Film views"),
}

MOST_SNAPSHOTS = 200
WIDTH, HEIGHT = 160, 32


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` None: not told; `why` then says whether the network never tells it. `line`: points of
    an SVG polyline, empty with fewer than two readings."""

    name: str
    value: int | None
    why: str
    line: str


@dataclass(frozen=True, slots=True)
class Reading:
    at: datetime
    values: tuple[int | None, ...]


def figures_panel(_request: HttpRequest, *, delivery: Delivery) -> Content | None:
    if delivery.purpose != Purpose.POST or delivery.state not in {DeliveryState.LIVE, DeliveryState.REMOVED}:
        return None
    series = Series.objects.filter(delivery=delivery).first()
    readings = (
        []
        if series is None
        else list(
            Snapshot.objects.filter(series=series)
            .order_by("-at")
            .values_list("at", "values")[:MOST_SNAPSHOTS]
        )[::-1]
    )
    told = {
        metric
        for metric, source in plugin(delivery.channel.network).metrics.items()
        if source.scope is Scope.POST
    }
    shown = [metric for metric in NAMES if metric in told]
    return Content(
        "measure/_figures.html",
        {
            "figures": [_figure(metric, metric in told, readings) for metric in NAMES],
            "series": series,
            "names": [str(NAMES[metric]) for metric in shown],
            "readings": [
                Reading(at, tuple(values.get(str(metric)) for metric in shown))
                for at, values in reversed(readings)
            ],
            "width": WIDTH,
            "height": HEIGHT,
        },
    )


def _figure(metric: Metric, is_told: bool, readings: list[tuple[datetime, dict[str, int]]]) -> Figure:
    if not is_told:
        return Figure(str(NAMES[metric]), None, gettext("This network does not tell it"), "")
    points = [(at, values[str(metric)]) for at, values in readings if str(metric) in values]
    if not points:
        return Figure(str(NAMES[metric]), None, gettext("Not told yet"), "")
    return Figure(str(NAMES[metric]), points[-1][1], "", sparkline(points))


def sparkline(points: list[tuple[datetime, int]]) -> str:
    """Over real distances in time, from zero: a flat line near the top is a high plateau."""
    if len(points) < 2:
        return ""
    start = points[0][0]
    span = (points[-1][0] - start).total_seconds() or 1.0
    top = max(value for _, value in points) or 1
    return " ".join(
        f"{(at - start).total_seconds() / span * (WIDTH - 4) + 2:.1f},"
        f"{HEIGHT - 2 - value / top * (HEIGHT - 4):.1f}"
        for at, value in points
    )


def past_posts(stretch: Stretch) -> dict[date, DayMarks]:
    """Posts made elsewhere, for the calendar."""
    zone = stretch.workspace.tz
    by_day = [TruncDate("posted_at", tzinfo=zone)]
    rows = (
        PastPost.objects.filter(
            channel__workspace=stretch.workspace, posted_at__gte=stretch.start, posted_at__lt=stretch.end
        )
        .annotate(
            day=TruncDate("posted_at", tzinfo=zone),
            beginning=Left("text", 120),
            place=Window(RowNumber(), partition_by=by_day, order_by=["posted_at", "id"]),
            day_total=Window(Count("id"), partition_by=by_day),
        )
        .filter(place__lte=stretch.per_day)
        .order_by("posted_at", "id")
        .values_list("posted_at", "channel_id", "beginning", "url", "day", "day_total")
    )
    marks: dict[date, list[Mark]] = {}
    totals: dict[date, int] = {}
    for at, channel_id, text, url, day, total in rows:
        marks.setdefault(day, []).append(Mark(at, channel_id, text, url))
        totals[day] = total
    return {day: DayMarks(totals[day], tuple(first)) for day, first in marks.items()}
