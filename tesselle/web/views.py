from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from tesselle.web import samples
from tesselle.web.context import THEME_COOKIE, THEMES

_YEAR_SECONDS = 365 * 24 * 3600


@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keeps the choice for a year; `theme.js` does the same without leaving the page."""
    next_url = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(next_url, {request.get_host()}, request.is_secure()):
        next_url = "/"
    response = HttpResponseRedirect(next_url)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie(
            THEME_COOKIE, theme, max_age=_YEAR_SECONDS, samesite="Lax", secure=request.is_secure()
        )
    return response


@login_not_required
@require_GET
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in both themes; for those who build pages, so only while developing."""
    if not (settings.DEBUG or getattr(settings, "TESSELLE_STYLEGUIDE", False)):
        raise Http404
    return render(request, "web/styleguide/page.html", samples.everything())
