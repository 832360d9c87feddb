"""Bringing a table: look at each row first, then import it."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from tesselle.domain.errors import RuleError
from tesselle.plan.rhythm.importing import import_rows
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
    member_of(request, Right.PLAN)
    return _page(request)


def _page(request: HttpRequest, *, error: str = "", status: int = 200, **more: Any) -> HttpResponse:
    context = {"error": error, "most_rows": MOST_ROWS, **more}
    return render(request, "plan/import.html", context, status=status)


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Each row with what it means, and what stands in its way; imports nothing."""
    member = member_of(request, Right.PLAN)
    file = request.FILES.get("table")
    if file is None or not file.name:
        return _page(request, error=_("No file arrived. Choose one and try again."), status=UNPROCESSABLE)
    try:
        table = read_table(file.name, file.read(MOST_BYTES + 1))
        return _preview(request, member, table)
    except RuleError as refused:
        return _page(request, error=say(refused.message), status=UNPROCESSABLE)


def _preview(
    request: HttpRequest, member: Member, table: Table, *, error: str = "", status: int = 200
) -> HttpResponse:
    rows = rows_of(member.workspace, table)
    good = sum(row.is_good for row in rows)
    return _page(
        request,
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
        done = import_rows(member.workspace, good, by=member.user)
    except RuleError as refused:
        return _page(request, error=say(refused.message), status=UNPROCESSABLE)
    told = _("Imported: %(planned)s planned, %(drafts)s as drafts.")
    notify(request, told % {"planned": done.planned, "drafts": done.drafts})
    # Drafts stand in no calendar.
    return go_to(request, reverse("plan:calendar" if done.planned else "compose:drafts"))


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
