"""What is planned, to take along: as CSV or as a workbook."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from tesselle.plan import selectors
from tesselle.plan.forms import ListForm
from tesselle.plan.rhythm.exporting import as_workbook, head, planned_rows
from tesselle.web.cells import as_csv
from tesselle.workspaces.access import member_of
from tesselle.workspaces.models import Workspace

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def export_csv(request: HttpRequest) -> HttpResponse:
    workspace, wanted = _asked(request)
    text = as_csv(head(), planned_rows(workspace, wanted))
    return _file(text.encode(), "text/csv; charset=utf-8", "csv")


@require_GET
def export_xlsx(request: HttpRequest) -> HttpResponse:
    workspace, wanted = _asked(request)
    return _file(as_workbook(head(), planned_rows(workspace, wanted)), _XLSX, "xlsx")


def _asked(request: HttpRequest) -> tuple[Workspace, selectors.Wanted]:
    """Narrowed as the list is."""
    workspace = member_of(request).workspace
    return workspace, ListForm(request.GET, selectors.channels(workspace)).wanted()


def _file(data: bytes, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="tesselle-plan.{ending}"'
    response.headers["Cache-Control"] = "no-store"
    return response
