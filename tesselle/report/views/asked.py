"""Which month an address asks for, and a file handed over."""

import re
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse

from tesselle.report.files import MIMES, Kind
from tesselle.report.month import Month
from tesselle.workspaces.models import Workspace

_MONTH = re.compile(r"(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])")


def this_month(workspace: Workspace) -> Month:
    return Month.of(workspace.today(), workspace.tz)


def month_asked(request: HttpRequest, workspace: Workspace) -> Month:
    """What the address asks for; otherwise the last whole month."""
    asked = _MONTH.fullmatch(request.GET.get("month", ""))
    if asked is None:
        return this_month(workspace).previous
    return Month.of(date(int(asked["year"]), int(asked["month"]), 1), workspace.tz)


def kind_asked(ending: str) -> Kind:
    """Raises Http404: there is no such file."""
    known: Kind | None = next((one for one in MIMES if one == ending), None)
    if known is None:
        raise Http404
    return known


def handed_over(data: bytes, kind: Kind, month: Month) -> HttpResponse:
    return download(data, f"tesselle-{month.key}.{kind}", MIMES[kind])


def download(data: bytes, name: str, mime: str) -> HttpResponse:
    return HttpResponse(
        data, content_type=mime, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
