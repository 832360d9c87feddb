"""The page of costs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tesselle.measure.models import Spending
from tesselle.measure.pages import PERIODS
from tesselle.measure.spending.forms import RateForm, SpendingForm
from tesselle.measure.spending.pages import costs_page
from tesselle.measure.spending.selectors import hourly_rate
from tesselle.measure.spending.services import choose_rate, note_spending, remove_spending
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member


@require_http_methods(["GET", "POST"])
def costs(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _note(request, member_of(request, Right.WRITE))
    member = member_of(request)
    asked = {
        name: request.GET[name] for name in ("post", "campaign") if request.GET.get(name, "").isdecimal()
    }
    form = SpendingForm(workspace=member.workspace, initial=asked) if may(member, Right.WRITE) else None
    return _show(request, member, form)


def _note(request: HttpRequest, member: Member) -> HttpResponse:
    post = request.POST.get("post", "")
    initial = {"post": post} if post.isdecimal() and len(post) < 18 else {}
    form = SpendingForm(request.POST, workspace=member.workspace, initial=initial)
    if not form.is_valid():
        return _show(request, member, form, status=UNPROCESSABLE)
    note_spending(member.workspace, form.cleaned_data, by=member.user)
    notify(request, _("Noted."))
    return go_to(request, reverse("measure:costs"))


@require_POST
def remove(request: HttpRequest, spending_id: int) -> HttpResponse:
    member = member_of(request, Right.WRITE)
    remove_spending(get_object_or_404(Spending, pk=spending_id, workspace=member.workspace), by=member.user)
    notify(request, _("The entry is removed."))
    return go_to(request, reverse("measure:costs"))


@require_POST
def rate(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    form = RateForm(request.POST, workspace=member.workspace)
    if not form.is_valid():
        return _show(request, member, SpendingForm(workspace=member.workspace), form, UNPROCESSABLE)
    choose_rate(member.workspace, form.cleaned_data["hourly_rate"], by=member.user)
    notify(request, _("Saved."))
    return go_to(request, reverse("measure:costs"))


def _show(
    request: HttpRequest,
    member: Member,
    form: SpendingForm | None,
    rate_form: RateForm | None = None,
    status: int = 200,
) -> HttpResponse:
    days = next((days for days in PERIODS if str(days) == request.GET.get("days")), PERIODS[1])
    if rate_form is None and may(member, Right.MANAGE):
        known = {"hourly_rate": hourly_rate(member.workspace)}
        rate_form = RateForm(workspace=member.workspace, initial=known)
    return render(
        request, "measure/costs.html", {"page": costs_page(member, days, form, rate_form)}, status=status
    )
