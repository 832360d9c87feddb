"""A path is its person's alone: nobody else in the workspace opens it, its owners neither."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from tesselle.academy.models import Path
from tesselle.workspaces.access import member_of
from tesselle.workspaces.models import Member
from tesselle.workspaces.selectors import open_memberships

PathView = Callable[..., HttpResponse]


def path_of(member: Member) -> Path | None:
    """Theirs in this workspace. In a practice workspace without one, their latest elsewhere: what is learned
    and tested there belongs to it."""
    mine = Path.objects.filter(person=member.user_id).select_related("workspace", "person")
    found = mine.filter(workspace=member.workspace_id).first()
    if found is None and member.workspace.is_practice:
        still_mine = open_memberships(member.user).values("workspace_id")
        found = mine.filter(workspace__in=still_mine).order_by("-begun_at", "-pk").first()
    return found


def on_own_path(view: PathView) -> PathView:
    """Gives the view the person's path. Whoever has none is led to where one begins; an address that
    names something of a path is nothing to them."""

    @wraps(view)
    def opened(request: HttpRequest, **named: Any) -> HttpResponse:
        path = path_of(member_of(request))
        if path is not None:
            return view(request, path, **named)
        if named or request.method != "GET":
            raise Http404
        return redirect("academy:overview")

    return opened
