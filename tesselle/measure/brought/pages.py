"""What the pages of brought figures show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tesselle.channels.pages import network_name
from tesselle.links.attributing import Origin
from tesselle.measure import numbers
from tesselle.measure.brought.forms import LABELS, VISIT_LABELS, FileForm, ReadingForm, VisitReadingForm
from tesselle.measure.brought.looking import BOUNDS, Look
from tesselle.measure.brought.rows import Row
from tesselle.measure.brought.visit_rows import VisitRow
from tesselle.measure.models import FigureImport, Series
from tesselle.measure.site.names import origin_names
from tesselle.web.dates import written
from tesselle.web.kept_query import SOME_ID, KeptQuery
from tesselle.web.sentences import say
from tesselle.workspaces.models import Workspace

MOST_BAD, MOST_GOOD, MOST_IMPORTS = 300, 50, 30


@dataclass(frozen=True, slots=True)
class ImportLine:
    id: int
    name: str
    channel: str
    made_at: datetime
    as_of: date
    by: str
    came_to: str
    is_looked_at: bool
    is_kept: bool


@dataclass(frozen=True, slots=True)
class BringPage:
    form: FileForm | None
    lines: tuple[ImportLine, ...]
    most_rows: int = BOUNDS.rows


def bring_page(workspace: Workspace, form: FileForm | None) -> BringPage:
    rows = (
        FigureImport.objects.filter(workspace=workspace).defer("table").select_related("channel", "made_by")
    )
    return BringPage(form, tuple(_line(one) for one in rows.order_by("-made_at", "-pk")[:MOST_IMPORTS]))


def _line(source: FigureImport) -> ImportLine:
    return ImportLine(
        id=source.pk,
        name=source.name or _("Typed in"),
        channel=_told_of(source),
        made_at=source.made_at,
        as_of=source.as_of,
        by=str(source.made_by or ""),
        came_to=came_to(source),
        is_looked_at=source.state == FigureImport.State.LOOKED_AT,
        is_kept=source.state == FigureImport.State.KEPT,
    )


def _told_of(source: FigureImport) -> str:
    channel = source.channel
    if channel is None:
        return _("Visits to your website")
    return f"{channel.display_name or channel.handle} ({network_name(channel.network)})"


def came_to(source: FigureImport) -> str:
    if source.state == FigureImport.State.LOOKED_AT:
        return _("looked at, nothing imported yet")
    told = source.told
    parts = _visits_came(told) if source.channel_id is None else _posts_came(told)
    if told.get("left_out"):
        left = told["left_out"]
        parts.append(ngettext("%(n)s row left out", "%(n)s rows left out", left) % {"n": numbers.count(left)})
    said = ", ".join(parts)
    return _("undone (%(what)s)") % {"what": said} if source.state == FigureImport.State.UNDONE else said


def _posts_came(told: Mapping[str, int]) -> list[str]:
    known, elsewhere = told.get("known", 0), told.get("elsewhere", 0)
    return [
        ngettext("%(n)s post of yours", "%(n)s posts of yours", known) % {"n": numbers.count(known)},
        ngettext("%(n)s made elsewhere", "%(n)s made elsewhere", elsewhere) % {"n": numbers.count(elsewhere)},
    ]


def _visits_came(told: Mapping[str, int]) -> list[str]:
    visits, days = told.get("visits", 0), told.get("days", 0)
    return [
        ngettext("%(n)s visit", "%(n)s visits", visits) % {"n": numbers.count(visits)},
        ngettext("%(n)s day", "%(n)s days", days) % {"n": numbers.count(days)},
    ]


@dataclass(frozen=True, slots=True)
class RowLine:
    """`match`: which post it is taken for."""

    number: int
    at: datetime | None
    has_time: bool
    text: str
    match: str
    figures: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LookPage:
    """`lines`: those with problems first; `come_to`: what the good ones are; `not_shown`: how many good ones
    are not among the lines."""

    source: FigureImport
    channel: str
    form: ReadingForm | VisitReadingForm
    lines: tuple[RowLine, ...]
    good: int
    bad: int
    come_to: str
    not_shown: int
    error: str = ""


def look_page(look: Look, form: ReadingForm, rows: Sequence[Row], error: str = "") -> LookPage:
    bad = [row for row in rows if not row.is_good]
    good = [row for row in rows if row.is_good]
    known = sum(1 for row in good if row.known is not None and row.known.delivery_id)
    shown = [*bad[:MOST_BAD], *good[:MOST_GOOD]]
    return LookPage(
        source=look.source,
        channel=_told_of(look.source),
        form=form,
        lines=tuple(_row_line(row, look) for row in shown),
        good=len(good),
        bad=len(bad),
        come_to=", ".join(_posts_came({"known": known, "elsewhere": len(good) - known})),
        not_shown=len(rows) - len(shown),
        error=error,
    )


def visit_look_page(
    look: Look, form: VisitReadingForm, rows: Sequence[VisitRow], error: str = ""
) -> LookPage:
    bad = [row for row in rows if not row.is_good]
    good = [row for row in rows if row.is_good]
    shown = [*bad[:MOST_BAD], *good[:MOST_GOOD]]
    told = {"visits": sum(row.visits or 0 for row in good), "days": len({row.day for row in good})}
    names = origin_names([row.origin for row in shown])
    return LookPage(
        source=look.source,
        channel=_told_of(look.source),
        form=form,
        lines=tuple(_visit_line(row, names) for row in shown),
        good=len(good),
        bad=len(bad),
        come_to=", ".join(_visits_came(told)),
        not_shown=len(rows) - len(shown),
        error=error,
    )


def _visit_line(row: VisitRow, names: Mapping[Origin, str]) -> RowLine:
    figures = () if row.visits is None else ((str(VISIT_LABELS["visits"]), numbers.count(row.visits)),)
    return RowLine(
        number=row.number,
        at=datetime.combine(row.day, time()) if row.day is not None else None,
        has_time=False,
        text=" · ".join(row.marks.told.values()) or row.landing,
        match=names[row.origin],
        figures=figures,
        problems=tuple(say(problem) for problem in row.problems),
    )


def _row_line(row: Row, look: Look) -> RowLine:
    zone = look.source.workspace.tz
    text = row.text or row.url or row.remote_id
    return RowLine(
        number=row.number,
        at=row.told.at.astimezone(zone) if row.told is not None else None,
        has_time=row.told is not None and row.told.has_time,
        text=text,
        match=_match(row),
        figures=tuple((str(LABELS[name]), numbers.count(value)) for name, value in row.figures.items()),
        problems=tuple(say(problem) for problem in row.problems),
    )


def _match(row: Row) -> str:
    if row.known is None:
        return _("made elsewhere, new here")
    title = row.known.title or row.known.url
    if row.known.delivery_id:
        return _("your post: %(title)s") % {"title": title}
    return _("made elsewhere: %(title)s") % {"title": title}


def brought_sentences(series: Series) -> list[str]:
    """Where figures of a post come from that no network was asked for."""
    style = pgettext("date format", "j M Y")
    return [
        (
            _("Typed in by %(who)s, as of %(day)s.")
            if one.way == FigureImport.Way.HAND
            else _("From the file “%(file)s”, as of %(day)s.")
        )
        % {"who": one.made_by or "?", "file": one.name, "day": written(one.as_of, style)}
        for one in _brought.records({SOME_ID: series.pk})
    ]


_brought = KeptQuery(
    lambda: (
        FigureImport.objects.filter(rows__series=SOME_ID)
        .defer("table")
        .order_by("as_of", "pk")
        .select_related("made_by")
    ),
    is_planned_once=True,
)
