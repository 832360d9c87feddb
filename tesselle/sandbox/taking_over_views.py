"""The page that takes drafts and posting times over into a real workspace."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from tesselle.domain.errors import RuleError
from tesselle.networks import card
from tesselle.plan.models import PostingSlot
from tesselle.sandbox.access import practising
from tesselle.sandbox.taking_over import drafts_of, networks_of, take_over
from tesselle.strategy.models import Objective, Pillar
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, membership_of
from tesselle.workspaces.middleware import SESSION_KEY
from tesselle.workspaces.models import Member, User
from tesselle.workspaces.selectors import memberships


def _targets(person: User) -> list[Member]:
    """Real workspaces in which this person may write and plan."""
    return [
        member
        for member in memberships(person)
        if not member.workspace.is_practice and may(member, Right.WRITE) and may(member, Right.PLAN)
    ]


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    member = practising(request)
    here = networks_of(member.workspace)
    targets = [
        {
            "workspace": one.workspace,
            "networks": [card(slug).name for slug in here if slug in set(networks_of(one.workspace))],
        }
        for one in _targets(member.user)
    ]
    context = {
        "drafts": drafts_of(member.workspace).count(),
        "slots": PostingSlot.objects.filter(channel__workspace=member.workspace).count(),
        "subjects": Pillar.objects.filter(workspace=member.workspace, retired_at=None).count()
        + Objective.objects.filter(workspace=member.workspace, retired_at=None).count(),
        "targets": targets,
    }
    return render(request, "sandbox/take_over.html", context)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    member = practising(request)
    chosen = request.POST.get("workspace", "")
    if not chosen.isdecimal():
        raise Http404
    target = membership_of(member.user, int(chosen))
    if not (may(target, Right.WRITE) and may(target, Right.PLAN)):
        raise Http404
    try:
        taken = take_over(practice=member.workspace, real=target.workspace, by=member.user)
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
        return redirect("sandbox:take_over")
    request.session[SESSION_KEY] = target.workspace_id
    drafts = ngettext("%(n)s draft", "%(n)s drafts", taken.drafts) % {"n": taken.drafts}
    slots = ngettext("%(n)s posting time", "%(n)s posting times", taken.slots) % {"n": taken.slots}
    subjects = ngettext("%(n)s pillar or objective", "%(n)s pillars and objectives", taken.subjects)
    words = gettext(
        "Taken over: %(drafts)s, %(slots)s, %(subjects)s. Nothing is planned yet; you are in the real workspace now."
    )
    notify(request, words % {"drafts": drafts, "slots": slots, "subjects": subjects % {"n": taken.subjects}})
    return redirect("compose:drafts")
