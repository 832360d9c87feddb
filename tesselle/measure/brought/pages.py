"""What the pages of brought figures show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tesselle.channels.pages import network_name
from tesselle.measure import numbers
from tesselle.measure.brought.forms import LABELS, FileForm, ReadingForm
from tesselle.measure.brought.looking import BOUNDS, Look
from tesselle.measure.brought.rows import Row
from tesselle.measure.models import FigureImport, Series
from tesselle.web.dates import written
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
        channel=f"{source.channel.display_name or source.channel.handle} "
        f"({network_name(source.channel.network)})",
        made_at=source.made_at,
        as_of=source.as_of,
        by=str(source.made_by or ""),
        came_to=came_to(source),
        is_looked_at=source.state == FigureImport.State.LOOKED_AT,
        is_kept=source.state == FigureImport.State.KEPT,
    )


def came_to(source: FigureImport) -> str:
    if source.state == FigureImport.State.LOOKED_AT:
        return _("looked at, nothing imported yet")
    told = source.told
    known, elsewhere = told.get("known", 0), told.get("elsewhere", 0)
    parts = [
        ngettext("%(n)s post of yours", "%(n)s posts of yours", known) % {"n": numbers.count(known)},
        ngettext("%(n)s made elsewhere", "%(n)s made elsewhere", elsewhere) % {"n": numbers.count(elsewhere)},
    ]
    if told.get("left_out"):
        left = told["left_out"]
        parts.append(ngettext("%(n)s row left out", "%(n)s rows left out", left) % {"n": numbers.count(left)})
    said = ", ".join(parts)
    return _("undone (%(what)s)") % {"what": said} if source.state == FigureImport.State.UNDONE else said


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
    """`lines`: those with problems first; `not_shown`: how many good ones are not among them."""

    source: FigureImport
    channel: str
    form: ReadingForm
    lines: tuple[RowLine, ...]
    good: int
    bad: int
    known: int
    elsewhere: int
    not_shown: int
    error: str = ""


def look_page(look: Look, form: ReadingForm, rows: Sequence[Row], error: str = "") -> LookPage:
    bad = [row for row in rows if not row.is_good]
    good = [row for row in rows if row.is_good]
    known = sum(1 for row in good if row.known is not None and row.known.delivery_id)
    shown = [*bad[:MOST_BAD], *good[:MOST_GOOD]]
    channel = look.source.channel
    return LookPage(
        source=look.source,
        channel=f"{channel.display_name or channel.handle} ({network_name(channel.network)})",
        form=form,
        lines=tuple(_row_line(row, look) for row in shown),
        good=len(good),
        bad=len(bad),
        known=known,
        elsewhere=len(good) - known,
        not_shown=len(rows) - len(shown),
        error=error,
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
    rows = FigureImport.objects.filter(rows__series=series).defer("table").order_by("as_of", "pk")
    style = pgettext("date format", "j M Y")
    return [
        (
            _("Typed in by %(who)s, as of %(day)s.")
            if one.way == FigureImport.Way.HAND
            else _("From the file “%(file)s”, as of %(day)s.")
        )
        % {"who": one.made_by or "?", "file": one.name, "day": written(one.as_of, style)}
        for one in rows.select_related("made_by")
    ]
