"""How the team works: whether the plan was kept, how fast people are answered, how long a post takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tesselle.measure import numbers
from tesselle.measure.charting import Cell, Chart, Column
from tesselle.measure.explaining import Change, Explained
from tesselle.measure.models import Spending
from tesselle.measure.pages import PERIODS, Choice, period_words
from tesselle.measure.selectors import FEWEST, WEEKS_OF
from tesselle.measure.spending.pages import hours
from tesselle.web.dates import written
from tesselle.workspaces.models import User, Workspace

PUNCTUAL = timedelta(minutes=15)
"""So much later is still on time: a worker that starts anew, a network that answers slowly."""

_COUNTED = """
count(*) AS planned, count(*) FILTER (
  WHERE d.state IN ('live', 'sent', 'partial', 'removed') AND coalesce(d.live_at, d.accepted_at) <= d.due_at + %(late)s
) AS on_time"""
_DUE = """
d.workspace_id = %(workspace)s AND d.purpose = 'post'
  AND d.state IN ('live', 'sent', 'partial', 'removed', 'missed', 'refused', 'blocked', 'unknown')"""
_KEPT = f"""
SELECT {{key}}, {_COUNTED} FROM ledger_delivery d
WHERE {_DUE} AND d.due_at >= %(since)s AND d.due_at < %(until)s
GROUP BY 1 ORDER BY 1
"""  # noqa: S608 - our own words
_KEPT_BY_WEEK = f"""
SELECT week.begins, k.planned, k.on_time FROM {WEEKS_OF} week
CROSS JOIN LATERAL (
  SELECT {_COUNTED} FROM ledger_delivery d
  WHERE {_DUE} AND d.due_at >= greatest(week.since, %(since)s) AND d.due_at < least(week.until, %(until)s)) k
WHERE k.planned > 0 ORDER BY 1
"""  # noqa: S608

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


def kept(workspace: Workspace, since: datetime, until: datetime) -> Kept:
    rows = _kept_by(workspace, "0", since, until)
    return Kept(*rows[0][1:]) if rows else Kept()


def _kept_by(
    workspace: Workspace, key: str, since: datetime, until: datetime
) -> list[tuple[object, int, int]]:
    """`key`: a column of ours, never anything that was typed."""
    return _rows(_KEPT.format(key=key), workspace, since, until)


def _rows(statement: str, workspace: Workspace, since: datetime, until: datetime) -> list[Any]:
    values: dict[str, Any] = {
        "workspace": workspace.pk,
        "since": since,
        "until": until,
        "late": PUNCTUAL,
        "zone": workspace.zone,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


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
    before = (since - timedelta(days=days), since)
    quarter = (until - timedelta(days=90), until)
    url = reverse("measure:team")
    by_person = _kept_by(workspace, "d.created_by_id", since, until)
    now = Kept(sum(n for _who, n, _k in by_person), sum(k for _who, _n, k in by_person))
    return TeamPage(
        periods=tuple(Choice(period_words(one), f"{url}?days={one}", one == days) for one in PERIODS),
        figures=(
            _adherence(now, kept(workspace, *before), kept(workspace, *quarter)),
            _response(
                answered(workspace, since, until), answered(workspace, *before), answered(workspace, *quarter)
            ),
            _time_per_post(workspace, since, until, now),
        ),
        chart=_chart(workspace, min(since, until - timedelta(weeks=12)), until),
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


def _chart(workspace: Workspace, since: datetime, until: datetime) -> Chart | None:
    rows = [(begins, Kept(n, k)) for begins, n, k in _rows(_KEPT_BY_WEEK, workspace, since, until)]
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


def _people(rows: Sequence[tuple[object, int, int]]) -> tuple[PersonLine, ...]:
    known = User.objects.in_bulk([pk for pk, _n, _k in rows if isinstance(pk, int)])
    return tuple(
        PersonLine(
            name=str(known.get(pk, "")) if isinstance(pk, int) else _("by itself"),
            planned=numbers.count(planned),
            on_time=numbers.count(on_time),
            share=numbers.written(Kept(planned, on_time).share, "share"),
        )
        for pk, planned, on_time in rows
    )
