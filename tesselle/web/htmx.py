"""One address, one thing: the full page for a browser, the fragment for htmx.

return show(request, "plan/calendar.html", "plan/_month.html", {"month": month})
return show_invalid(request, "plan/edit.html", "plan/_form.html", {"form": form})
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

UNPROCESSABLE = 422


def wants_fragment(request: HttpRequest) -> bool:
    """A boosted link and a page restored from the history want the whole page although htmx asks for it."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def show(
    request: HttpRequest,
    page: str,
    fragment: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """A fragment brings the waiting toasts along, out of band; a page draws them itself."""
    values = dict(context or {})
    if wants_fragment(request):
        body = render_to_string(fragment, values, request) + render_to_string(
            "web/_toasts_oob.html", {}, request
        )
    else:
        body = render_to_string(page, values, request)
    response = HttpResponse(body, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def show_invalid(
    request: HttpRequest, page: str, fragment: str, context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """An invalid form, drawn again with its errors; htmx is told to swap this status in."""
    return show(request, page, fragment, context, status=UNPROCESSABLE)


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """After a form was accepted: a redirect for a browser, a whole new page for htmx."""
    if not wants_fragment(request):
        response: HttpResponse = HttpResponseRedirect(url)
    else:
        response = HttpResponse(status=204, headers={"HX-Redirect": url})
    patch_vary_headers(response, ["HX-Request"])
    return response
