"""Open to everybody: a browser asks for them without its session, and they tell nothing."""

from functools import cache
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.finders import find
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

SIZES = (192, 512)
ACCEPTED = ("image/*", "video/*")


@login_not_required
@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """Source: https://www.w3.org/TR/appmanifest/ and https://w3c.github.io/web-share-target/ (read 2026-11-25)."""
    icons = [_icon(f"icon-{size}.png", size, "any") for size in SIZES]
    told = {
        "id": "/",
        "name": "Tesselle",
        "short_name": "Tesselle",
        "description": _("Plan, publish and understand what you post."),
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f4f5f2",
        "theme_color": "#0c5c6e",
        "icons": [*icons, _icon("icon-maskable-512.png", 512, "maskable")],
        "share_target": {
            "action": "/share",
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "title",
                "text": "text",
                "files": [{"name": "files", "accept": list(ACCEPTED)}],
            },
        },
        "shortcuts": [
            {"name": _("Write a post"), "url": "/posts/new"},
            {"name": _("Add pictures"), "url": "/share"},
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json")


@login_not_required
@require_safe
def service_worker(_request: HttpRequest) -> HttpResponse:
    """At the root, so that it answers for every page; asked again at each visit."""
    response = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The only page that is kept on the device: it says nothing of anybody."""
    return render(request, "web/offline.html")


def _icon(name: str, size: int, purpose: str) -> dict[str, str]:
    return {
        "src": static(f"web/pwa/{name}"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }


@cache
def _script() -> str:
    path = find("web/pwa/service-worker.js")
    assert isinstance(path, str)
    return Path(path).read_text(encoding="utf-8")
