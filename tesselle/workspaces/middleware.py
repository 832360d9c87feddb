"""Puts the person's membership of the current workspace on the request, and speaks their language."""

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from tesselle.workspaces.clocks import told_by
from tesselle.workspaces.selectors import current_membership
from tesselle.workspaces.services import keep_language

SESSION_KEY = "workspace"
SEEN_KEY = "seen"
SEEN_EVERY_SECONDS = 15 * 60


class WorkspaceMiddleware:
    """The workspace last chosen (kept in the session), else the first one joined. Its pages are told by it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            member = current_membership(request.user, request.session.get(SESSION_KEY))
            request.member = member  # type: ignore[attr-defined]
            if member is not None:
                request.workspace = member.workspace  # type: ignore[attr-defined]
                with told_by(member.workspace):
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


class SeenMiddleware:
    """Keeps when and from where a session was last used, every quarter of an hour: a write for each request
    would cost more than the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = time.time()
            if now - request.session.get(SEEN_KEY, 0) > SEEN_EVERY_SECONDS:
                request.session[SEEN_KEY] = now
                UserSession.objects.create_from_request(request)
        return self.get_response(request)
