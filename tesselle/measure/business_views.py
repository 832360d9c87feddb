"""The page of quote requests and signed jobs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tesselle.measure.business import ResultForm, note_result, remove_result, results_page
from tesselle.measure.models import BusinessResult
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member


@require_http_methods(["GET", "POST"])
def results(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _note(request, member_of(request, Right.WRITE))
    member = member_of(request)
    asked = {name: request.GET[name] for name in ("post", "channel") if request.GET.get(name, "").isdecimal()}
    form = ResultForm(workspace=member.workspace, initial=asked) if may(member, Right.WRITE) else None
    return _show(request, member, form)


def _note(request: HttpRequest, member: Member) -> HttpResponse:
    asked = {"post": request.POST.get("post", "")}
    form = ResultForm(request.POST, workspace=member.workspace, initial=asked)
    if not form.is_valid():
        return _show(request, member, form, UNPROCESSABLE)
    note_result(member.workspace, form.cleaned_data, by=member.user)
    notify(request, _("Noted."))
    return go_to(request, reverse("measure:results"))


@require_POST
def remove(request: HttpRequest, result_id: int) -> HttpResponse:
    member = member_of(request, Right.WRITE)
    result = get_object_or_404(BusinessResult, pk=result_id, workspace=member.workspace)
    remove_result(result, by=member.user)
    notify(request, _("The entry is removed."))
    return go_to(request, reverse("measure:results"))


def _show(request: HttpRequest, member: Member, form: ResultForm | None, status: int = 200) -> HttpResponse:
    return render(request, "measure/results.html", {"page": results_page(member, form)}, status=status)
