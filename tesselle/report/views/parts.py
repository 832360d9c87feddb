"""Writing a part of the report in one's own words, and going back to the draft."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tesselle.report.document import Section
from tesselle.report.forms import PartForm
from tesselle.report.parts import back_to_draft, write_part
from tesselle.report.scope import Scope, query_of, words_of
from tesselle.report.telling import report_of
from tesselle.report.views.asked import scope_asked
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Workspace


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, part: str) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    scope = scope_asked(request, member.workspace)
    draft, now = _part(member.workspace, scope, part, True), _part(member.workspace, scope, part, False)
    form = PartForm(request.POST or None, initial={"text": "\n\n".join(now.paragraphs)})
    if request.method == "POST" and form.is_valid():
        write_part(member.workspace, scope, part, form.cleaned_data["text"], by=member.user)
        notify(request, _("Your text stands in the report."))
        return go_to(request, _report(scope))
    context = {
        "form": form,
        "part": now,
        "draft": draft,
        "query": query_of(scope),
        "scope_words": words_of(scope),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "report/part.html", context, status=status)


@require_POST
def draft(request: HttpRequest, part: str) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    scope = scope_asked(request, member.workspace)
    _part(member.workspace, scope, part, True)
    back_to_draft(member.workspace, scope, part, by=member.user)
    notify(request, _("The written draft stands in the report again."))
    return go_to(request, _report(scope))


def _part(workspace: Workspace, scope: Scope, key: str, draft_only: bool) -> Section:
    """Raises Http404: a report has no such part."""
    sections = report_of(workspace, scope, draft_only=draft_only).sections
    found = next((one for one in sections if one.key == key), None)
    if found is None:
        raise Http404
    return found


def _report(scope: Scope) -> str:
    return f"{reverse('report:report')}?{query_of(scope)}"
