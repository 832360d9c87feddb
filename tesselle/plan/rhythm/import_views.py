"""Bringing a table: look at each row first, then import it, and undo that in one click."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from tesselle.domain.errors import RuleError
from tesselle.plan.models import BulkChange
from tesselle.plan.rhythm.importing import import_rows, imported_lately, made_by, undo_import
from tesselle.plan.rhythm.rows import Row, rows_of
from tesselle.plan.rhythm.tables import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, read_table
from tesselle.web.cells import as_csv
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Member

Table = list[list[str]]


@require_GET
def bring(request: HttpRequest) -> HttpResponse:
    return _page(request, member_of(request, Right.PLAN))


def _page(
    request: HttpRequest, member: Member, *, error: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    lately = [] if "rows" in more else [(one, _told(one)) for one in imported_lately(member.workspace)]
    context = {"error": error, "most_rows": MOST_ROWS, "lately": lately, **more}
    return render(request, "plan/import.html", context, status=status)


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Each row with what it means, and what stands in its way; imports nothing."""
    member = member_of(request, Right.PLAN)
    file = request.FILES.get("table")
    if file is None or not file.name:
        said = _("No file arrived. Choose one and try again.")
        return _page(request, member, error=said, status=UNPROCESSABLE)
    try:
        table = read_table(file.name, file.read(MOST_BYTES + 1))
        return _preview(request, member, table)
    except RuleError as refused:
        return _page(request, member, error=say(refused.message), status=UNPROCESSABLE)


def _preview(
    request: HttpRequest, member: Member, table: Table, *, error: str = "", status: int = 200
) -> HttpResponse:
    rows = rows_of(member.workspace, table)
    good = sum(row.is_good for row in rows)
    return _page(
        request,
        member,
        error=error,
        status=status,
        rows=[(row, [say(problem) for problem in row.problems]) for row in rows],
        good=good,
        bad=len(rows) - good,
        kept=json.dumps(table, ensure_ascii=False),
        zone=member.workspace.zone,
    )


@require_POST
def run(request: HttpRequest) -> HttpResponse:
    """The rows that were looked at. With bad ones among them only if told to leave those out."""
    member = member_of(request, Right.PLAN)
    table = _kept(request.POST.get("kept", ""))
    try:
        rows = rows_of(member.workspace, table)
        good: list[Row] = [row for row in rows if row.is_good]
        if not good or (len(good) < len(rows) and "leave_out" not in request.POST):
            said = _("Nothing was imported: some rows have problems. Mend them, or leave them out.")
            return _preview(request, member, table, error=said, status=UNPROCESSABLE)
        change = import_rows(member.workspace, good, by=member.user)
    except RuleError as refused:
        return _page(request, member, error=say(refused.message), status=UNPROCESSABLE)
    notify(request, _told(change), undo_url=reverse("plan:import_undo", args=[change.pk]))
    # Drafts stand in no calendar.
    is_any_planned = any(made_by(change).values())
    return go_to(request, reverse("plan:calendar" if is_any_planned else "compose:drafts"))


def _told(change: BulkChange) -> str:
    made = made_by(change)
    planned = sum(map(bool, made.values()))
    told = _("Imported: %(planned)s planned, %(drafts)s as drafts.")
    return told % {"planned": planned, "drafts": len(made) - planned}


@require_POST
def undo(request: HttpRequest, change_id: int) -> HttpResponse:
    """Back to where the table is brought, mended perhaps."""
    member = member_of(request, Right.PLAN)
    change = get_object_or_404(
        BulkChange.objects.select_related("workspace"),
        pk=change_id,
        workspace=member.workspace,
        undo__has_key="imported",
    )
    done = undo_import(change, by=member.user)
    if done.gone:
        said = ngettext("%(n)s post of the table is gone.", "%(n)s posts of the table are gone.", done.gone)
        notify(request, said % {"n": done.gone})
    if done.kept:
        notify(request, _stays(done.kept), level=messages.WARNING)
    if not done.gone and not done.kept:
        notify(request, _("Nothing was left to bring back."), level=messages.WARNING)
    return go_to(request, reverse("plan:import"))


def _stays(posts: int) -> str:
    said = ngettext(
        "%(n)s post stays: it has left, or somebody went on with it. What still waited is called off.",
        "%(n)s posts stay: they have left, or somebody went on with them. What still waited is called off.",
        posts,
    )
    return said % {"n": posts}


def _kept(text: str) -> Table:
    """What the preview kept of the table; it is read and judged anew."""
    try:
        given = json.loads(text)
    except ValueError:
        return []
    rows = given if isinstance(given, list) else []
    return [
        [str(cell) for cell in row[:MOST_COLUMNS]] for row in rows[: MOST_ROWS + 1] if isinstance(row, list)
    ]


@require_GET
def example(request: HttpRequest) -> HttpResponse:
    """A table to begin with, in the reader's words."""
    member = member_of(request, Right.PLAN)
    head = [
        pgettext("column of a table", "date"),
        pgettext("column of a table", "time"),
        pgettext("column of a table", "text"),
        pgettext("column of a table", "channels"),
        pgettext("column of a table", "pillar"),
        pgettext("column of a table", "campaign"),
        pgettext("column of a table", "link"),
    ]
    day = (member.workspace.now().astimezone(member.workspace.tz)).replace(month=12, day=24)
    row = [f"{day:%Y-%m-%d}", "09:30", _("The first words of your post"), "", "", "", ""]
    response = HttpResponse(as_csv(head, [row]), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="tesselle.csv"'
    return response
