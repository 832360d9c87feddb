"""The world of a practice workspace: choosing it, concluding about it, and being told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from tesselle.domain.errors import RuleError
from tesselle.sandbox.access import practising
from tesselle.sandbox.choosing import WorldForm
from tesselle.sandbox.discovering.forms import ConclusionForm
from tesselle.sandbox.discovering.revealing import reveal
from tesselle.sandbox.discovering.services import choose_world, conclude, is_untouched
from tesselle.sandbox.lessons import LESSONS
from tesselle.sandbox.models import Conclusion
from tesselle.sandbox.worlds import look
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may
from tesselle.workspaces.models import Member


@require_GET
def world(request: HttpRequest) -> HttpResponse:
    return _page(request, practising(request), ConclusionForm())


def _page(request: HttpRequest, member: Member, form: ConclusionForm) -> HttpResponse:
    workspace = member.workspace
    own = (
        Conclusion.objects.filter(workspace=workspace, person=member.user).select_related("workspace").first()
    )
    may_choose = may(member, Right.OWN)
    context = {
        "habit": LESSONS[look(workspace.pk).company.world.name].habit,
        "reveal": None if own is None else reveal(own),
        "form": form,
        "choice": WorldForm() if may_choose else None,
        "is_untouched": is_untouched(workspace),
    }
    status = 422 if form.errors else 200
    return render(request, "sandbox/discovering/world.html", context, status=status)


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    member = practising(request, Right.OWN)
    try:
        choose_world(workspace=member.workspace, choice=request.POST.get("world", ""), by=member.user)
        notify(request, gettext("The world is chosen. Nothing in it tells which one it is, but its public."))
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
    return redirect("sandbox:world")


@require_POST
def commit(request: HttpRequest) -> HttpResponse:
    """Any member's own; it stays as it was written."""
    member = practising(request)
    form = ConclusionForm(request.POST)
    if not form.is_valid():
        return _page(request, member, form)
    conclude(workspace=member.workspace, **form.cleaned_data, by=member.user)
    return redirect("sandbox:world")
