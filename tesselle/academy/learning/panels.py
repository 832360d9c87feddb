"""The “?” of a page: it opens the help at the paragraph of that page."""

from django.http import HttpRequest

from tesselle.academy.catalogue.help import help_for
from tesselle.web.panels import Content


def page_help(request: HttpRequest) -> Content | None:
    match = request.resolver_match
    if match is None or getattr(request, "member", None) is None:
        return None
    key = help_for(match.view_name)
    return Content("academy/_page_help.html", {"key": key}) if key else None
