"""The list, and what was missed."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tesselle.domain.errors import RuleError
from tesselle.domain.lifecycle import DeliveryState
from tesselle.ledger.services import deciding, planning
from tesselle.plan import access, pages, selectors, services
from tesselle.plan.forms import ListForm, WhenForm
from tesselle.web.htmx import go_to, show
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of, runs_installation
from tesselle.workspaces.models import Member

PAGE = 50


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    workspace = member.workspace
    channels = selectors.channels(workspace)
    form = ListForm(request.GET, channels)
    wanted = form.wanted()
    page = Paginator(selectors.listed(workspace, wanted), PAGE).get_page(request.GET.get("page"))
    one_day = wanted.first if wanted.first and wanted.first == wanted.last else None
    context = {
        "form": form,
        "page": page,
        "lines": pages.lines(workspace, selectors.listed_rows(page), channels),
        "elsewhere": pages.elsewhere(workspace, one_day, channels) if one_day else [],
        "is_narrowed": wanted != selectors.Wanted(),
        "may_write": may(member, Right.WRITE),
        "may_plan": may(member, Right.PLAN),
        "is_ticked": request.GET.get("tick") == "all",
        "narrowed_to": _narrowed_to(request),
    }
    return show(request, "plan/list.html", "plan/_lines.html", context)


def _narrowed_to(request: HttpRequest) -> str:
    """The filters, for addresses that keep them."""
    kept = [(name, value) for name, value in request.GET.items() if name not in ("tick", "page") and value]
    return urlencode(kept)


@require_GET
def missed(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    return _missed(request, member, WhenForm())


def _missed(request: HttpRequest, member: Member, form: WhenForm, *, status: int = 200) -> HttpResponse:
    channels = selectors.channels(member.workspace)
    rows = selectors.missed(member.workspace)
    context = {
        "lines": pages.lines(member.workspace, rows, channels),
        "form": form,
        "may_plan": may(member, Right.PLAN),
    }
    return render(request, "plan/missed.html", context, status=status)


@require_POST
def decide_missed(request: HttpRequest) -> HttpResponse:
    """One button for those that are ticked: send now, plan anew, drop."""
    member = member_of(request, Right.PLAN)
    ids = [int(one) for one in request.POST.getlist("delivery") if one.isdigit()]
    chosen = access.deliveries_of(member, ids).filter(state=DeliveryState.MISSED)
    deliveries = list(chosen)
    if not deliveries:
        notify(request, _("Nothing was chosen. Tick what you mean first."), level=messages.WARNING)
        return go_to(request, reverse("plan:missed"))
    match request.POST.get("do"):
        case "send":
            done = sum(
                deciding.send_now(one, now=member.workspace.now(), by=member.user) for one in deliveries
            )
            notify(
                request, ngettext("%(n)s post goes out now.", "%(n)s posts go out now.", done) % {"n": done}
            )
        case "replan":
            form = WhenForm(request.POST)
            if not form.is_valid():
                return _missed(request, member, form, status=422)
            return _replan(request, member, deliveries, form)
        case "drop":
            done = planning.cancel(deliveries, by=member.user)
            undo = f"{reverse('plan:take_up')}?ids={','.join(str(one.pk) for one in deliveries)}"
            sentence = ngettext("%(n)s post was dropped.", "%(n)s posts were dropped.", done)
            notify(request, sentence % {"n": done}, undo_url=undo)
    return go_to(request, "/" if request.POST.get("back") == "needs" else reverse("plan:missed"))


def _replan(request: HttpRequest, member: Member, deliveries: list[Any], form: WhenForm) -> HttpResponse:
    local = form.cleaned_data["when"]
    try:
        done = services.replan_keeping_spacing(
            deliveries, first=services.Slot(local, member.workspace.zone), by=member.user
        )
    except RuleError as error:
        form.add_error("when", say(error.message))
        return _missed(request, member, form, status=422)
    sentence = ngettext("%(n)s post was planned anew.", "%(n)s posts were planned anew.", done)
    notify(request, sentence % {"n": done})
    return go_to(request, reverse("plan:missed"))


@require_POST
def take_up(request: HttpRequest) -> HttpResponse:
    """The undo of a cancellation."""
    member = member_of(request, Right.PLAN)
    ids = [int(one) for one in request.GET.get("ids", "").split(",") if one.isdigit()]
    done = sum(planning.take_up_again(one, by=member.user) for one in access.deliveries_of(member, ids))
    if done:
        notify(request, ngettext("%(n)s post is back.", "%(n)s posts are back.", done) % {"n": done})
    else:
        notify(request, _("Nothing was left to bring back."), level=messages.WARNING)
    return go_to(request, _back(request))


def _back(request: HttpRequest) -> str:
    """The page the undo was pressed on, if it is one of ours."""
    if len(ids := request.GET.get("ids", "").split(",")) == 1 and ids[0].isdigit():
        return reverse("publish:delivery", kwargs={"delivery_id": int(ids[0])})
    return reverse("plan:list")


@require_POST
def release(request: HttpRequest) -> HttpResponse:
    """Sending goes on, for every workspace: owning one of them is not enough."""
    member = member_of(request)
    if not runs_installation(member.user):
        raise PermissionDenied
    deciding.release(member.user)
    notify(request, _("Sending goes on."))
    return go_to(request, "/" if request.POST.get("back") == "needs" else reverse("plan:calendar"))
