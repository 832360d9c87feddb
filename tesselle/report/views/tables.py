"""A report's figures as files for a spreadsheet."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from tesselle.report import sheets
from tesselle.report.scope import file_name_of
from tesselle.report.tables import channel_sheet, post_sheet
from tesselle.report.views.asked import scope_asked
from tesselle.workspaces.access import member_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CSV = "text/csv; charset=utf-8"


@require_GET
def workbook(request: HttpRequest) -> HttpResponse:
    workspace = member_of(request).workspace
    scope = scope_asked(request, workspace)
    data = sheets.xlsx([channel_sheet(workspace, scope), post_sheet(workspace, scope)])
    return _handed_over(data, f"{file_name_of(scope)}.xlsx", _XLSX)


@require_GET
def channels(request: HttpRequest) -> HttpResponse:
    workspace = member_of(request).workspace
    scope = scope_asked(request, workspace)
    return _handed_over(
        sheets.csv(channel_sheet(workspace, scope)), f"{file_name_of(scope)}-channels.csv", _CSV
    )


@require_GET
def posts(request: HttpRequest) -> HttpResponse:
    workspace = member_of(request).workspace
    scope = scope_asked(request, workspace)
    return _handed_over(sheets.csv(post_sheet(workspace, scope)), f"{file_name_of(scope)}-posts.csv", _CSV)


def _handed_over(data: bytes, name: str, mime: str) -> HttpResponse:
    return HttpResponse(
        data, content_type=mime, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
