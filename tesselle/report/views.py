"""The monthly report as a page and as files."""

import re
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tesselle.documents.formats import ending_of
from tesselle.domain.errors import RuleError
from tesselle.measure.pages import Choice
from tesselle.report.month import Month
from tesselle.report.selectors import months_with_posts
from tesselle.report.telling import month_words, report_of
from tesselle.web.documents import download
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import member_of
from tesselle.workspaces.models import Workspace

_MONTH = re.compile(r"(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])")


def _month(request: HttpRequest, workspace: Workspace) -> Month:
    """What the address asks for; otherwise the last whole month."""
    now = Month.of(workspace.now().astimezone(workspace.tz).date(), workspace.tz)
    asked = _MONTH.fullmatch(request.GET.get("month", ""))
    if asked is None:
        return now.previous
    return Month.of(date(int(asked["year"]), int(asked["month"]), 1), workspace.tz)


@require_GET
def report(request: HttpRequest) -> HttpResponse:
    workspace = member_of(request).workspace
    month = _month(request, workspace)
    now = Month.of(workspace.now().astimezone(workspace.tz).date(), workspace.tz)
    url = reverse("report:report")
    months = [
        Choice(month_words(one), f"{url}?month={one.key}", one.key == month.key)
        for one in months_with_posts(workspace, now)
    ]
    return render(
        request,
        "report/report.html",
        {"report": report_of(workspace, month), "month": month, "months": months},
    )


@require_GET
def file(request: HttpRequest, ending: str) -> HttpResponse:
    workspace = member_of(request).workspace
    month = _month(request, workspace)
    known = ending_of(ending)
    if known is None:
        raise Http404
    try:
        return download(report_of(workspace, month).as_document(), known, name=f"tesselle-{month.key}")
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
        return HttpResponseRedirect(f"{reverse('report:report')}?month={month.key}")
