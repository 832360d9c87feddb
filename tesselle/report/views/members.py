"""The monthly report as a page and as files, for members."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tesselle.domain.errors import RuleError
from tesselle.measure.pages import Choice
from tesselle.report.letterhead import document_of, letterhead_of
from tesselle.report.selectors import months_with_posts
from tesselle.report.telling import month_words, report_of
from tesselle.report.views.asked import ending_asked, file_name, month_asked, this_month
from tesselle.web.documents import download
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of


@require_GET
def report(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    workspace = member.workspace
    month = month_asked(request, workspace)
    url = reverse("report:report")
    months = [
        Choice(month_words(one), f"{url}?month={one.key}", one.key == month.key)
        for one in months_with_posts(workspace, this_month(workspace))
    ]
    context = {
        "report": report_of(workspace, month),
        "letterhead": letterhead_of(workspace),
        "month": month,
        "months": months,
        "may_share": may(member, Right.PLAN),
    }
    return render(request, "report/report.html", context)


@require_GET
def file(request: HttpRequest, ending: str) -> HttpResponse:
    workspace = member_of(request).workspace
    month = month_asked(request, workspace)
    known = ending_asked(ending)
    try:
        return download(document_of(workspace, month), known, name=file_name(month))
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
        return HttpResponseRedirect(f"{reverse('report:report')}?month={month.key}")
