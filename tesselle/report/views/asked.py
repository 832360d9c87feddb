"""Which month and which file an address asks for."""

import re
from datetime import date

from django.http import Http404, HttpRequest

from tesselle.documents.formats import Ending, ending_of
from tesselle.report.month import Month
from tesselle.report.selectors import months_with_posts
from tesselle.workspaces.models import Workspace

_MONTH = re.compile(r"(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])")


def this_month(workspace: Workspace) -> Month:
    return Month.of(workspace.today(), workspace.tz)


def month_asked(request: HttpRequest, workspace: Workspace) -> Month:
    """What the address asks for; otherwise the last whole month, or this one where nothing went out before."""
    asked = _MONTH.fullmatch(request.GET.get("month", ""))
    if asked is None:
        return months_with_posts(workspace, this_month(workspace), most=2)[-1]
    return Month.of(date(int(asked["year"]), int(asked["month"]), 1), workspace.tz)


def ending_asked(ending: str) -> Ending:
    """Raises Http404: there is no such file."""
    known = ending_of(ending)
    if known is None:
        raise Http404
    return known


def file_name(month: Month) -> str:
    return f"tesselle-{month.key}"
