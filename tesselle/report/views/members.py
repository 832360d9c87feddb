"""A report as a page and as files, for members."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tesselle.domain.errors import RuleError
from tesselle.measure.pages import Choice
from tesselle.report.letterhead import document_of, letterhead_of
from tesselle.report.scope import Scope, campaign_of, file_name_of, query_of, words_of
from tesselle.report.selectors import campaigns_to_report, months_with_posts
from tesselle.report.telling import report_of
from tesselle.report.views.asked import ending_asked, scope_asked, this_month
from tesselle.web.documents import download
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Workspace


@require_GET
def report(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    workspace = member.workspace
    scope = scope_asked(request, workspace)
    context = {
        "report": report_of(workspace, scope),
        "letterhead": letterhead_of(workspace),
        "query": query_of(scope),
        "months": _months(workspace, scope),
        "campaigns": _campaigns(workspace, scope),
        "may_share": may(member, Right.PLAN),
        "is_member": True,
    }
    return render(request, "report/report.html", context)


def _months(workspace: Workspace, scope: Scope) -> list[Choice]:
    url, chosen = reverse("report:report"), query_of(scope)
    return [
        Choice(words_of(one), f"{url}?{query_of(one)}", query_of(one) == chosen)
        for one in months_with_posts(workspace, this_month(workspace))
    ]


def _campaigns(workspace: Workspace, scope: Scope) -> list[Choice]:
    url, chosen = reverse("report:report"), campaign_of(scope)
    return [
        Choice(one.name, f"{url}?campaign={one.pk}", one == chosen)
        for one in campaigns_to_report(workspace, chosen)
    ]


@require_GET
def file(request: HttpRequest, ending: str) -> HttpResponse:
    workspace = member_of(request).workspace
    scope = scope_asked(request, workspace)
    known = ending_asked(ending)
    try:
        return download(document_of(workspace, scope), known, name=file_name_of(scope))
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
        return HttpResponseRedirect(f"{reverse('report:report')}?{query_of(scope)}")
