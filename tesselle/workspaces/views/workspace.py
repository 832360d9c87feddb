"""The workspaces of a person, one workspace's settings, leaving and deleting."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.domain.errors import RuleError
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces import deletion, members, services
from tesselle.workspaces.access import (
    Right,
    deleted_workspace_of,
    may,
    may_create_workspaces,
    member_of,
    membership_of,
    person_of,
)
from tesselle.workspaces.currencies import currency_of
from tesselle.workspaces.forms.workspace import NewWorkspaceForm, WorkspaceForm
from tesselle.workspaces.middleware import SESSION_KEY
from tesselle.workspaces.models import Member, Workspace
from tesselle.workspaces.selectors import deleted_of, memberships
from tesselle.workspaces.sign_in.confirming import confirm_person


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The workspaces of this person, to choose one, and what can still be brought back."""
    person = person_of(request)
    current = getattr(request, "member", None)
    values = {
        "memberships": memberships(person),
        "current": current.workspace_id if current else None,
        "deleted": deleted_of(person),
        "kept_days": deletion.KEPT.days,
        "may_create": may_create_workspaces(person),
    }
    return render(request, "workspaces/mine.html", values)


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("workspace", "")
    if not chosen.isdecimal():
        raise Http404
    member = membership_of(person_of(request), int(chosen))
    request.session[SESSION_KEY] = member.workspace_id
    return redirect("/")


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if not may_create_workspaces(person):
        raise Http404
    form = NewWorkspaceForm(request.POST or None, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        workspace = services.create_workspace(**form.cleaned_data, by=person)
        request.session[SESSION_KEY] = workspace.pk
        notify(request, gettext("%(workspace)s is ready.") % {"workspace": workspace})
        return redirect("/")
    return render(request, "workspaces/new.html", {"form": form}, status=422 if form.errors else 200)


def _initial(request: HttpRequest) -> dict[str, Any]:
    """As in the workspace they come from; its currency only where that is not the usual one of its place.
    `?practice`: whoever comes to practise need not say so again."""
    member = getattr(request, "member", None)
    here = member.workspace if member else Workspace()
    kind = Workspace.WorldKind.PRACTICE if "practice" in request.GET else Workspace.WorldKind.REAL
    chosen = here.currency if here.currency != currency_of(here.zone) else ""
    return {"language": get_language(), "zone": here.zone, "currency": chosen, "world_kind": kind}


@require_GET
def settings_page(request: HttpRequest) -> HttpResponse:
    return _page(request, member_of(request))


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    form = WorkspaceForm(request.POST, instance=member.workspace)
    if not form.is_valid():
        return _page(request, member, form)
    services.change_workspace(member.workspace, **form.cleaned_data, by=member.user)
    notify(request, gettext("The workspace’s settings are saved."))
    return redirect("workspaces:workspace")


def _page(request: HttpRequest, member: Member, form: WorkspaceForm | None = None) -> HttpResponse:
    values = {
        "member": member,
        "may_manage": may(member, Right.MANAGE),
        "may_own": may(member, Right.OWN),
        "form": form or WorkspaceForm(instance=member.workspace),
        "kept_days": deletion.KEPT.days,
    }
    return render(request, "workspaces/workspace.html", values, status=422 if form else 200)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    try:
        members.remove(member, by=member.user)
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
        return redirect("workspaces:workspace")
    request.session.pop(SESSION_KEY, None)
    notify(request, gettext("You have left %(workspace)s.") % {"workspace": member.workspace})
    return redirect("/")


@require_POST
def delete(request: HttpRequest) -> HttpResponse:
    """No "are you sure": it is out of sight at once, and can be brought back for two weeks."""
    member = member_of(request, Right.OWN)
    confirm_person(request)
    services.delete_workspace(member.workspace, by=member.user)
    request.session.pop(SESSION_KEY, None)
    words = gettext("%(workspace)s is deleted. Nothing leaves from it any more.")
    undo = reverse("workspaces:restore", args=[member.workspace_id])
    notify(request, words % {"workspace": member.workspace}, undo_url=undo)
    return redirect("workspaces:mine")


@require_POST
def restore(request: HttpRequest, workspace_id: int) -> HttpResponse:
    person = person_of(request)
    workspace = deleted_workspace_of(person, workspace_id)
    services.restore_workspace(workspace, by=person)
    request.session[SESSION_KEY] = workspace.pk
    notify(request, gettext("%(workspace)s is back, with everything in it.") % {"workspace": workspace})
    return redirect("workspaces:mine")
