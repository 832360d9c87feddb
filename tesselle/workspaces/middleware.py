"""Puts the person's membership of the current workspace on the request, and speaks their language."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation

from tesselle.workspaces.models import Member
from tesselle.workspaces.services import keep_language

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
            if request.path == "/":
                return redirect("workspaces:nowhere")
        return self.get_response(request)


class LanguageMiddleware:
    """A person's own language wins over the browser's; what they switch to is kept for the next machine."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and translation.check_for_language(request.user.language):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        switched = response.cookies.get(settings.LANGUAGE_COOKIE_NAME)
        if switched is not None and request.user.is_authenticated:
            keep_language(request.user, switched.value)
        return response
