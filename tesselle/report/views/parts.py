"""Writing a part of the report in one's own words, and going back to the draft."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tesselle.report.document import Section
from tesselle.report.forms import PartForm
from tesselle.report.month import Month
from tesselle.report.parts import back_to_draft, write_part
from tesselle.report.telling import month_words, report_of
from tesselle.report.views.asked import month_asked
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Workspace


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, part: str) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    month = month_asked(request, member.workspace)
    draft, now = _part(member.workspace, month, part, True), _part(member.workspace, month, part, False)
    form = PartForm(request.POST or None, initial={"text": "\n\n".join(now.paragraphs)})
    if request.method == "POST" and form.is_valid():
        write_part(member.workspace, month, part, form.cleaned_data["text"], by=member.user)
        notify(request, _("Your text stands in the report."))
        return go_to(request, _report(month))
    context = {"form": form, "part": now, "draft": draft, "month": month, "month_words": month_words(month)}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "report/part.html", context, status=status)


@require_POST
def draft(request: HttpRequest, part: str) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    month = month_asked(request, member.workspace)
    _part(member.workspace, month, part, True)
    back_to_draft(member.workspace, month, part, by=member.user)
    notify(request, _("The written draft stands in the report again."))
    return go_to(request, _report(month))


def _part(workspace: Workspace, month: Month, key: str, draft_only: bool) -> Section:
    """Raises Http404: a report has no such part."""
    sections = report_of(workspace, month, draft_only=draft_only).sections
    found = next((one for one in sections if one.key == key), None)
    if found is None:
        raise Http404
    return found


def _report(month: Month) -> str:
    return f"{reverse('report:report')}?month={month.key}"
