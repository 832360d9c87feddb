"""What every answer carries, and who may ask at all."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode, urlsplit

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from tesselle.web.htmx import wants_fragment

_POLICY: dict[str, str] = {
    "default-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


# Carried from view to middleware on the response, never sent.
_FORMS_TO = "X-Tesselle-Forms-To"

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def content_security_policy(forms_to: str = "") -> str:
    """No inline script or style, nothing from elsewhere; `forms_to` adds places a form may end up."""
    policy = dict(_POLICY)
    if forms_to:
        policy["form-action"] += f" {forms_to}"
    return "; ".join(f"{name} {value}" for name, value in policy.items())


def allow_forms_to(response: HttpResponseBase, *sources: str) -> None:
    """The same for one answer, where the place is known only when the page is made."""
    response.headers[_FORMS_TO] = " ".join(sources)


def sends_forms_to(*sources: str) -> Callable[[View], View]:
    """Mark a view whose form is answered by a redirect to another site (signing in at a network).

    Browsers apply `form-action` to the redirect too, so such a page must name where it may lead.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def marked(*args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(*args, **kwargs)
            allow_forms_to(response, *sources)
            return response

        return cast(View, marked)

    return mark


class SecurityHeadersMiddleware:
    """Strict policies on every answer; a view that set a header of its own keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        forms_to = response.headers.get(_FORMS_TO, "")
        del response.headers[_FORMS_TO]
        response.headers.setdefault("Content-Security-Policy", content_security_policy(forms_to))
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        return response


class SignInFirstMiddleware(LoginRequiredMiddleware):
    """Django's own, but an htmx request is sent to the sign-in page instead of swapping it into a fragment.

    Open pages are marked with Django's `login_not_required`.
    """

    def handle_no_permission(  # type: ignore[override]  # the parent only ever redirects
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if not wants_fragment(request):
            return super().handle_no_permission(request, view_func)
        shown = urlsplit(request.headers.get("HX-Current-URL", ""))
        page = f"{shown.path or '/'}{f'?{shown.query}' if shown.query else ''}"
        query = urlencode({self.get_redirect_field_name(view_func) or REDIRECT_FIELD_NAME: page})
        return HttpResponse(status=401, headers={"HX-Redirect": f"{self.get_login_url(view_func)}?{query}"})
