"""What measuring tells on other pages: the figures of a delivery, and the calendar's past."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.db.models import Count, Window
from django.db.models.functions import Left, RowNumber, TruncDate
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tesselle.domain.lifecycle import DeliveryState
from tesselle.domain.metrics import Metric
from tesselle.ledger.models import Delivery, Purpose
from tesselle.links import selectors as links
from tesselle.measure import numbers
from tesselle.measure.brought.pages import brought_sentences
from tesselle.measure.choice import base_of
from tesselle.measure.explaining import Explained, of_post
from tesselle.measure.indicators import DICTIONARY, NAMES, RATE, Indicator
from tesselle.measure.models import PastPost, Series, Snapshot, VisitSource
from tesselle.measure.rollups import told_of_posts
from tesselle.measure.site.pages import elsewhere_parts
from tesselle.measure.site.selectors import of_delivery
from tesselle.plan.layers import DayMarks, Mark, Stretch
from tesselle.web.kept_query import SOME_ID, SOME_TIME, KeptQuery
from tesselle.web.panels import Content
from tesselle.workspaces.access import Right, may

MOST_SNAPSHOTS = 200
WIDTH, HEIGHT = 160, 32


@dataclass(frozen=True, slots=True)
class Reading:
    at: datetime
    values: tuple[int | str | None, ...]


def elsewhere_panel(request: HttpRequest, *, days: int) -> Content | None:
    """Visits that were not counted by short links, on their page."""
    member = getattr(request, "member", None)
    if member is None:
        return None
    return Content(
        "measure/_visits_elsewhere.html",
        {
            "parts": elsewhere_parts(member.workspace, days),
            "channel_label": pgettext("column", "Channel"),
            "post_label": pgettext("column", "Post"),
            "connect_url": reverse("measure:visit_sources") if may(member, Right.MANAGE) else "",
            "troubled": VisitSource.objects.filter(workspace=member.workspace, failures__gt=0)
            .exclude(sealed_token="")
            .exists(),
            "import_url": f"{reverse('measure:import')}?visits=1" if may(member, Right.PLAN) else "",
        },
    )


def figures_panel(request: HttpRequest, *, delivery: Delivery) -> Content | None:
    if delivery.purpose != Purpose.POST or delivery.state not in {DeliveryState.LIVE, DeliveryState.REMOVED}:
        return None
    series = next(iter(_series.records({SOME_ID: delivery.pk})), None)
    newest = [] if series is None else _newest.records({SOME_ID: series.pk})
    readings = [(one.at, one.values) for one in reversed(newest)]
    told = {name for _at, values in readings for name in values}
    told |= told_of_posts(delivery.channel.network)
    shown = [metric for metric in NAMES if metric in told]
    return Content(
        "measure/_figures.html",
        {
            "figures": _figures(delivery, series, readings),
            "series": series,
            "visits": visits_words(delivery),
            "site_visits": site_visits_words(delivery),
            "brought": brought_sentences(series) if series is not None else [],
            "type_url": reverse("measure:type_in", args=[delivery.pk]) if _may_type(request) else "",
            "costs_url": f"{reverse('measure:costs')}?post={delivery.post_id}",
            "result_url": f"{reverse('measure:results')}?post={delivery.post_id}&channel={delivery.channel_id}",
            "post_url": reverse("measure:post", args=[delivery.post_id]) if delivery.post_id else "",
            "names": [str(NAMES[metric]) for metric in shown],
            "readings": [
                Reading(at, tuple(_as_read(metric, values) for metric in shown))
                for at, values in reversed(readings)
            ],
            "width": WIDTH,
            "height": HEIGHT,
        },
    )


_series = KeptQuery(lambda: Series.objects.filter(delivery=SOME_ID), is_planned_once=True)
_newest = KeptQuery(
    lambda: Snapshot.objects.filter(series=SOME_ID).only("at", "values").order_by("-at")[:MOST_SNAPSHOTS],
    is_planned_once=True,
)


def _as_read(metric: Metric, values: Mapping[str, int]) -> int | str | None:
    value = values.get(metric.value)
    return numbers.lasting(value) if metric is Metric.WATCH_TIME and value is not None else value


def visits_words(delivery: Delivery) -> str:
    """Empty for a post without a short link: nothing is counted then."""
    found = links.of_post(delivery.post_id) if delivery.post_id else None
    if found is None:
        return ""
    count = found.get(delivery.channel_id, 0)
    said = ngettext("%(n)s visit through its short link", "%(n)s visits through its short link", count)
    return said % {"n": numbers.count(count)}


def site_visits_words(delivery: Delivery) -> list[str]:
    """One sentence for each source: they are not added up."""
    if not delivery.post_id:
        return []
    return [
        ngettext("%(n)s visit by %(source)s", "%(n)s visits by %(source)s", count)
        % {"n": numbers.count(count), "source": name or _("your files")}
        for name, count in of_delivery(delivery.post_id, delivery.channel_id)
    ]


def _may_type(request: HttpRequest) -> bool:
    member = getattr(request, "member", None)
    return member is not None and may(member, Right.WRITE)


def _figures(
    delivery: Delivery, series: Series | None, readings: list[tuple[datetime, dict[str, int]]]
) -> list[Explained]:
    """The interactions, their rate, then each count that the network tells; the newest of each."""
    newest: dict[str, int] = {}
    for _at, values in readings:
        newest.update(values)
    if series is not None and series.followers is not None:
        newest[Metric.FOLLOWERS.value] = series.followers
    read_at = readings[-1][0] if readings else None
    sums = (DICTIONARY["interactions"], RATE[base_of(delivery.workspace)])
    return [
        of_post(
            indicator,
            delivery.channel.network,
            newest,
            read_at=read_at,
            key=f"d{delivery.pk}",
            line=sparkline(_points(indicator, readings)),
        )
        for indicator in (*sums, *(DICTIONARY[metric.value] for metric in NAMES))
    ]


def _points(
    indicator: Indicator, readings: list[tuple[datetime, dict[str, int]]]
) -> list[tuple[datetime, int]]:
    """Of a plain count only: a sum or a rate of readings with gaps would jump."""
    if len(indicator.formula.parts) > 1 or indicator.formula.is_rate:
        return []
    name = indicator.formula.parts[0].value
    return [(at, values[name]) for at, values in readings if name in values]


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


_BEGIN, _END, _PER_DAY = SOME_TIME, SOME_TIME + timedelta(days=1), SOME_ID - 1


@cache
def _past_posts(zone: str) -> KeptQuery[PastPost]:
    """The first few of each local day, and how many there are."""
    local = TruncDate("posted_at", tzinfo=ZoneInfo(zone))
    return KeptQuery(
        lambda: (
            PastPost.objects.filter(channel__workspace=SOME_ID, posted_at__gte=_BEGIN, posted_at__lt=_END)
            .annotate(
                day=local,
                beginning=Left("text", 120),
                place=Window(RowNumber(), partition_by=[local], order_by=["posted_at", "id"]),
                day_total=Window(Count("id"), partition_by=[local]),
            )
            .filter(place__lte=_PER_DAY)
            .order_by("posted_at", "id")
            .values_list("posted_at", "channel_id", "beginning", "url", "day", "day_total")
        )
    )


def past_posts(stretch: Stretch) -> dict[date, DayMarks]:
    """Posts made elsewhere, for the calendar."""
    rows = _past_posts(stretch.workspace.zone).rows(
        {SOME_ID: stretch.workspace.pk, _BEGIN: stretch.start, _END: stretch.end, _PER_DAY: stretch.per_day}
    )
    marks: dict[date, list[Mark]] = {}
    totals: dict[date, int] = {}
    for at, channel_id, text, url, day, total in rows:
        marks.setdefault(day, []).append(Mark(at, channel_id, text, url))
        totals[day] = total
    return {day: DayMarks(totals[day], tuple(first)) for day, first in marks.items()}
