"""An objective's outlook, and saying that one knows it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tesselle.learn import goal_pages, services
from tesselle.strategy.models import Objective
from tesselle.web.htmx import go_to
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Member


def _objective(member: Member, objective_id: int) -> Objective:
    found = Objective.objects.select_related("channel", "workspace")
    return get_object_or_404(found, pk=objective_id, workspace=member.workspace)


@require_GET
def goal(request: HttpRequest, objective_id: int) -> HttpResponse:
    objective = _objective(member_of(request), objective_id)
    context = {"objective": objective, "outlook": goal_pages.shown_outlook(objective)}
    return render(request, "learn/goal.html", context)


@require_POST
def seen(request: HttpRequest, objective_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    services.goal_seen(_objective(member, objective_id), by=member.user)
    notify(request, _("Noted. You are told again only if it gets better and then worse."))
    return go_to(request, "/")
