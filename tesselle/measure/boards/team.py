"""How the team works: whether the plan was kept, how fast people are answered, how long a post takes."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tesselle.measure import numbers
from tesselle.measure.adding_up import mondays
from tesselle.measure.charting import Cell, Chart, Column
from tesselle.measure.explaining import Change, Explained
from tesselle.measure.models import Spending
from tesselle.measure.pages import PERIODS, Choice, period_words
from tesselle.measure.selectors import FEWEST
from tesselle.measure.spending.pages import hours
from tesselle.plan.selectors import midnight
from tesselle.web.dates import written
from tesselle.workspaces.models import User, Workspace

_Key = TypeVar("_Key")
PUNCTUAL = timedelta(minutes=15)
"""So much later is still on time: a worker that starts anew, a network that answers slowly."""

_KEPT = """
SELECT piece.n, k.person, k.planned, k.on_time
FROM unnest(%(begins)s::timestamptz[], %(ends)s::timestamptz[]) WITH ORDINALITY piece(begins, ends, n)
CROSS JOIN LATERAL (
  SELECT d.created_by_id AS person, count(*) AS planned, count(*) FILTER (
    WHERE d.state IN ('live', 'sent', 'partial', 'removed')
      AND coalesce(d.live_at, d.accepted_at) <= d.due_at + %(late)s) AS on_time
  FROM ledger_delivery d
  WHERE d.workspace_id = %(workspace)s AND d.purpose = 'post'
    AND d.state IN ('live', 'sent', 'partial', 'removed', 'missed', 'refused', 'blocked', 'unknown')
    AND d.due_at >= piece.begins AND d.due_at < piece.ends
  GROUP BY d.created_by_id) k
ORDER BY 1, 2
"""
"""Piece by piece, so that each delivery is looked at once, in `delivery_calendar` alone."""

_ANSWERED = """
SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM took))
FROM (SELECT coalesce(d.live_at, d.accepted_at) - (d.target->>'said_at')::timestamptz AS took FROM ledger_delivery d
      WHERE d.workspace_id = %(workspace)s AND d.purpose = 'answer' AND d.state IN ('live', 'sent')
        AND d.due_at >= %(since)s AND d.due_at < %(until)s AND d.target ? 'said_at') x
WHERE took IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """Of `planned` deliveries that fell due, so many left `on_time`."""

    planned: int = 0
    on_time: int = 0

    @property
    def share(self) -> float | None:
        return self.on_time / self.planned if self.planned else None


@dataclass(frozen=True, slots=True)
class Answered:
    """`seconds`: the median from a comment or a message to its answer, of those whose time is known."""

    count: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Piece:
    """What one person planned in a stretch that no limit of a span or week cuts. `person` None: by itself."""

    begins: datetime
    person: int | None
    kept: Kept


def pieces(workspace: Workspace, limits: Sequence[datetime]) -> list[Piece]:
    """Between the first and the last of these instants; in order."""
    edges = sorted(set(limits))
    values: dict[str, Any] = {
        "workspace": workspace.pk,
        "begins": edges[:-1],
        "ends": edges[1:],
        "late": PUNCTUAL,
    }
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, values)
        return [Piece(edges[n - 1], who, Kept(*counts)) for n, who, *counts in cursor.fetchall()]


def _sum(some: Iterable[Kept]) -> Kept:
    counted = list(some)
    return Kept(sum(one.planned for one in counted), sum(one.on_time for one in counted))


def _grouped(some: Iterable[tuple[_Key, Kept]]) -> dict[_Key, Kept]:
    groups: dict[_Key, list[Kept]] = {}
    for key, kept in some:
        groups.setdefault(key, []).append(kept)
    return {key: _sum(all_of_it) for key, all_of_it in groups.items()}


def answered(workspace: Workspace, since: datetime, until: datetime) -> Answered:
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERED, {"workspace": workspace.pk, "since": since, "until": until})
        return Answered(*cursor.fetchone())


@dataclass(frozen=True, slots=True)
class PersonLine:
    name: str
    planned: str
    on_time: str
    share: str


@dataclass(frozen=True, slots=True)
class TeamPage:
    periods: tuple[Choice, ...]
    figures: tuple[Explained, ...]
    chart: Chart | None
    people: tuple[PersonLine, ...]


def team_page(workspace: Workspace, days: int) -> TeamPage:
    until = workspace.now()
    since = until - timedelta(days=days)
    before, quarter = since - timedelta(days=days), until - timedelta(days=90)
    chart = min(since, until - timedelta(weeks=12))
    weeks = mondays(chart, until, workspace.tz)
    begins = [max(midnight(monday, workspace.tz), chart) for monday in weeks]
    found = pieces(workspace, [before, quarter, since, *begins, until])
    by_person = _grouped((one.person, one.kept) for one in found if one.begins >= since)
    by_week = _grouped(
        (weeks[bisect_right(begins, one.begins) - 1], one.kept) for one in found if one.begins >= chart
    )
    now = _sum(by_person.values())
    url = reverse("measure:team")
    return TeamPage(
        periods=tuple(Choice(period_words(one), f"{url}?days={one}", one == days) for one in PERIODS),
        figures=(
            _adherence(
                now,
                _sum(one.kept for one in found if before <= one.begins < since),
                _sum(one.kept for one in found if one.begins >= quarter),
            ),
            _response(
                answered(workspace, since, until),
                answered(workspace, before, since),
                answered(workspace, quarter, until),
            ),
            _time_per_post(workspace, since, until, now),
        ),
        chart=_chart(by_week),
        people=_people(by_person),
    )


def _adherence(now: Kept, before: Kept, quarter: Kept) -> Explained:
    changes = (
        _points(now, before, _("against the period before")),
        _points(now, quarter, _("against your last 90 days")),
    )
    return Explained(
        key="adherence",
        name=_("Plan kept"),
        value=numbers.written(now.share, "share"),
        formula=_("left at most 15 minutes late ÷ planned and due"),
        worked=f"{numbers.count(now.on_time)} ÷ {numbers.count(now.planned)} = {numbers.share(now.share)}"
        if now.share is not None
        else "",
        why=_("Nothing fell due in this period"),
        note=_(
            "What was missed, refused or stands still counts as not kept. What was called off does not count."
        ),
        changes=tuple(change for change in changes if change is not None),
    )


def _points(now: Kept, other: Kept, words: str) -> Change | None:
    """In points: of shares that are near 100 %, a change in percent would mislead."""
    if now.share is None or other.share is None or now == other:
        return None
    points = round((now.share - other.share) * 100)
    sign = "+" if points > 0 else "−" if points < 0 else "±"
    text = ngettext("%(sign)s%(n)s point", "%(sign)s%(n)s points", abs(points))
    return Change(text % {"sign": sign, "n": abs(points)}, words, min(now.planned, other.planned) < FEWEST)


def _response(now: Answered, before: Answered, quarter: Answered) -> Explained:
    changes = [
        Change(numbers.change(now.seconds / other.seconds - 1), words, min(now.count, other.count) < FEWEST)
        for other, words in (
            (before, _("against the period before")),
            (quarter, _("against your median of 90 days")),
        )
        if now.seconds and other.seconds and now != other
    ]
    return Explained(
        key="response",
        name=_("Time to an answer, median"),
        value=_duration(now.seconds),
        formula=_("from the comment or the message to our answer, nights and Sundays among them"),
        worked=ngettext("the middle one of %(n)s answer", "the middle one of %(n)s answers", now.count)
        % {"n": numbers.count(now.count)}
        if now.count
        else "",
        why=_("No answer was given from here in this period"),
        note=_(
            "Of comments, reviews and messages that were answered from Tesselle. Those nobody answered have no time."
        ),
        variants=_("In opening hours only; the mean, which one forgotten comment spoils."),
        changes=tuple(changes),
    )


def _duration(seconds: float | None) -> str:
    if seconds is None:
        return ""
    minutes = max(1, round(seconds / 60))
    if minutes < 48 * 60:
        return hours(minutes)
    days = round(minutes / 1440)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def _time_per_post(workspace: Workspace, since: datetime, until: datetime, now: Kept) -> Explained:
    first, last = (at.astimezone(workspace.tz).date() for at in (since, until))
    minutes = (
        Spending.objects.filter(workspace=workspace, day__gte=first, day__lte=last).aggregate(
            n=Sum("minutes")
        )["n"]
        or 0
    )
    each = round(minutes / now.on_time) if minutes and now.on_time else 0
    return Explained(
        key="time_per_post",
        name=_("Time for a post"),
        value=hours(each) if each else "",
        formula=_("time noted ÷ posts that left on time, one for each channel"),
        worked=f"{hours(minutes)} ÷ {numbers.count(now.on_time)}" if each else "",
        why=_("No time was noted in this period") if not minutes else _("Nothing left in this period"),
    )


def _chart(by_week: Mapping[date, Kept]) -> Chart | None:
    rows = sorted(by_week.items())
    if len(rows) < 3:
        return None
    style = pgettext("date format", "j M Y")
    full = sum(1 for _begins, one in rows if one.share == 1)
    return Chart(
        spec="adherence.vl.json",
        title=_("Plan kept, week by week"),
        says=_("In %(full)s of %(weeks)s weeks everything left on time.")
        % {"full": full, "weeks": len(rows)},
        columns=(
            Column("week", _("Week of"), "date"),
            Column("share", _("Plan kept")),
            Column("planned", pgettext("deliveries", "Planned")),
        ),
        rows=tuple(
            (
                Cell(f"{begins}T00:00", written(begins, style)),
                Cell(f"{one.share or 0:.4f}", numbers.written(one.share, "share")),
                Cell(str(one.planned), numbers.count(one.planned)),
            )
            for begins, one in rows
        ),
        axes=("", _("Plan kept")),
    )


def _people(by_person: Mapping[int | None, Kept]) -> tuple[PersonLine, ...]:
    """In the order of their accounts, what was planned by itself last."""
    people = sorted(by_person.items(), key=lambda item: (item[0] is None, item[0] or 0))
    known = User.objects.in_bulk([pk for pk, _kept in people if pk is not None])
    return tuple(
        PersonLine(
            name=_("by itself") if pk is None else str(known.get(pk, "")),
            planned=numbers.count(kept.planned),
            on_time=numbers.count(kept.on_time),
            share=numbers.written(kept.share, "share"),
        )
        for pk, kept in people
    )
