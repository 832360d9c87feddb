"""Charts: a Vega-Lite specification of ours, and the table that it draws, which stands in the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tesselle.measure import numbers
from tesselle.measure.models import Mark
from tesselle.measure.selectors import Week
from tesselle.web.dates import written


@dataclass(frozen=True, slots=True)
class Cell:
    """`raw`: what the chart reads, empty where nothing is known; `shown`: what people read."""

    raw: str
    shown: str


@dataclass(frozen=True, slots=True)
class Column:
    """`field`: as the specification names it. `kind`: how the chart reads it."""

    field: str
    name: str
    kind: str = "number"


@dataclass(frozen=True, slots=True)
class Chart:
    """`spec`: the file below `measure/charts`. `says`: what one sees, in a sentence."""

    spec: str
    title: str
    says: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    axes: tuple[str, str]


def weeks_chart(weeks: Sequence[Week]) -> Chart | None:
    """None without at least two weeks: one bar is no chart. A week without posts is an empty place."""
    if len(weeks) < 2:
        return None
    known = {week.begins: week for week in weeks}
    begins = [
        weeks[0].begins + timedelta(weeks=n)
        for n in range((weeks[-1].begins - weeks[0].begins).days // 7 + 1)
    ]
    best = max(weeks, key=lambda week: week.interactions or 0)
    return Chart(
        spec="weeks.vl.json",
        title=_("Interactions by week of publication"),
        says=_("The most came to posts of the week of %(week)s: %(count)s.")
        % {"week": _day(best.begins), "count": numbers.count(best.interactions or 0)},
        columns=(
            Column("week", _("Week of"), "date"),
            Column("interactions", pgettext("metric", "Interactions")),
            Column("posts", _("Posts")),
        ),
        rows=tuple(_week_row(begin, known.get(begin)) for begin in begins),
        axes=("", pgettext("metric", "Interactions")),
    )


def _week_row(begins: date, week: Week | None) -> tuple[Cell, ...]:
    return (
        Cell(_local(begins), _day(begins)),
        _number(week.interactions if week else None),
        _number(week.posts if week else 0),
    )


def followers_chart(days: Sequence[tuple[date, int]]) -> Chart | None:
    if len(days) < 3:
        return None
    (first_day, first), (last_day, last) = days[0], days[-1]
    return Chart(
        spec="followers.vl.json",
        title=pgettext("metric", "Followers"),
        says=_("From %(first)s on %(first_day)s to %(last)s on %(last_day)s.")
        % {
            "first": numbers.count(first),
            "first_day": _day(first_day),
            "last": numbers.count(last),
            "last_day": _day(last_day),
        },
        columns=(Column("day", _("Day"), "date"), Column("followers", pgettext("metric", "Followers"))),
        rows=tuple((Cell(_local(day), _day(day)), _number(count)) for day, count in days),
        axes=("", pgettext("metric", "Followers")),
    )


def posts_chart(marks: Sequence[Mark], median: float | None, zone: ZoneInfo) -> Chart | None:
    """Each post where it stands, and the line that half of the last 90 days' posts pass."""
    told = [mark for mark in reversed(marks) if mark.interactions is not None]
    if len(told) < 3 or median is None:
        return None
    above = sum(1 for mark in told if (mark.interactions or 0) > median)
    return Chart(
        spec="posts.vl.json",
        title=_("Each post against your median of 90 days"),
        says=ngettext(
            "%(above)s of %(posts)s posts is above your median of %(median)s interactions.",
            "%(above)s of %(posts)s posts are above your median of %(median)s interactions.",
            above,
        )
        % {"above": above, "posts": len(told), "median": numbers.count(median)},
        columns=(
            Column("published", pgettext("post", "Published"), "date"),
            Column("interactions", pgettext("metric", "Interactions")),
            Column("median", _("Your median of 90 days")),
        ),
        rows=tuple(
            (
                Cell(
                    f"{mark.published_at.astimezone(zone):%Y-%m-%dT%H:%M}",
                    _day(mark.published_at.astimezone(zone).date()),
                ),
                _number(mark.interactions),
                Cell(str(median), numbers.count(median)),
            )
            for mark in told
        ),
        axes=("", pgettext("metric", "Interactions")),
    )


def _local(day: date) -> str:
    """With an hour: a bare date would be read as one of Greenwich, and be the day before in America."""
    return f"{day.isoformat()}T00:00"


def _number(value: int | None) -> Cell:
    return Cell("", "–") if value is None else Cell(str(value), numbers.count(value))


def _day(day: date) -> str:
    return written(day, pgettext("date format", "j M Y"))
