"""The page of posts that may come again, marking one, and planning one anew."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tesselle.compose.access import post_of
from tesselle.domain.errors import RuleError
from tesselle.plan.forms import WhenForm
from tesselle.plan.models import Evergreen
from tesselle.plan.rhythm.evergreens import (
    LEAST_DAYS,
    MOST_DAYS,
    Rested,
    again,
    mark,
    next_time,
    rested,
    unmark,
)
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member


class RestForm(forms.Form):
    days = forms.IntegerField(
        label=gettext_lazy("May come again after so many days"),
        min_value=LEAST_DAYS,
        max_value=MOST_DAYS,
        initial=90,
    )


@dataclass(frozen=True, slots=True)
class Line:
    rested: Rested
    form: WhenForm
    is_open: bool


@require_GET
def evergreens(request: HttpRequest) -> HttpResponse:
    return _page(request, member_of(request))


def _page(request: HttpRequest, member: Member, refused: tuple[int, WhenForm] | None = None) -> HttpResponse:
    lines = [_line(one, refused) for one in rested(member.workspace)]
    context = {"lines": lines, "may_plan": may(member, Right.PLAN), "zone": member.workspace.tz}
    return render(request, "plan/evergreens.html", context, status=UNPROCESSABLE if refused else 200)


def _line(one: Rested, refused: tuple[int, WhenForm] | None) -> Line:
    pk = one.evergreen.pk
    if refused is not None and refused[0] == pk:
        return Line(one, refused[1], is_open=True)
    coming = next_time(one) if one.is_due else None
    form = WhenForm(initial={"when": coming.local if coming else None}, auto_id=f"again_{pk}_%s")
    return Line(one, form, is_open=False)


@require_POST
def set_evergreen(request: HttpRequest, post_id: int) -> HttpResponse:
    """`days`: mark, or change; `off`: mark no longer."""
    member = member_of(request, Right.PLAN)
    post = post_of(member, post_id)
    back = reverse("plan:evergreens")
    if "off" in request.POST or "off" in request.GET:
        days = unmark(post, by=member.user)
        undo = f"{reverse('plan:set_evergreen', args=[post.pk])}?days={days}" if days else ""
        notify(request, _("It is not proposed again any more."), undo_url=undo)
        return go_to(request, back)
    form = RestForm(request.POST if "days" in request.POST else request.GET)
    if not form.is_valid():
        notify(
            request,
            _("Say after how many days, from %(least)s to %(most)s.")
            % {"least": LEAST_DAYS, "most": MOST_DAYS},
            level=messages.WARNING,
        )
        return go_to(request, reverse("plan:repeat", args=[post.pk]))
    mark(post, form.cleaned_data["days"], by=member.user)
    undo = f"{reverse('plan:set_evergreen', args=[post.pk])}?off"
    notify(request, _("It is proposed again when it has rested."), undo_url=undo)
    return go_to(request, back)


@require_POST
def plan_again(request: HttpRequest, evergreen_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    row = get_object_or_404(Evergreen, pk=evergreen_id, post__workspace=member.workspace)
    one = next((found for found in rested(member.workspace) if found.evergreen.pk == row.pk), None)
    if one is None:  # its post was deleted
        raise Http404
    form = WhenForm(request.POST, auto_id=f"again_{row.pk}_%s")
    if not form.is_valid():
        return _page(request, member, (row.pk, form))
    try:
        made = again(one, form.cleaned_data["when"], by=member.user)
    except RuleError as refused:
        form.add_error("when", say(refused.message))
        return _page(request, member, (row.pk, form))
    ids = ",".join(str(delivery.pk) for delivery in made)
    notify(request, _("It is planned again."), undo_url=f"{reverse('plan:call_off')}?ids={ids}")
    return go_to(request, reverse("plan:evergreens"))
