"""Puts the person's membership of the current workspace on the request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tesselle.workspaces.models import Member

SESSION_KEY = "workspace"


class WorkspaceMiddleware:
    """The workspace last chosen (kept in the session), else the first one joined. Times are shown in its zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            mine = Member.objects.filter(user=request.user).select_related("workspace")
            chosen = request.session.get(SESSION_KEY)
            member = mine.filter(workspace_id=chosen).first() if chosen else None
            member = member or mine.order_by("joined_at", "id").first()
            request.member = member  # type: ignore[attr-defined]
            if member is not None:
                request.workspace = member.workspace  # type: ignore[attr-defined]
                with timezone.override(member.workspace.tz):
                    return self.get_response(request)
        return self.get_response(request)
