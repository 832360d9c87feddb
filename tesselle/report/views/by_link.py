"""The report by a link, without an account. It is read only: opening it decides nothing."""

from collections.abc import Callable, Mapping

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tesselle.domain.errors import RuleError
from tesselle.report.letterhead import document_of, letterhead_of
from tesselle.report.links import find
from tesselle.report.models import ReportLink
from tesselle.report.scope import file_name_of, scope_of
from tesselle.report.telling import report_of
from tesselle.report.views.asked import ending_asked
from tesselle.web.documents import download
from tesselle.web.sentences import say
from tesselle.workspaces.clocks import told_by

# A file takes a process of its own.
_PAGES, _FILES = {"report": "60/m/ip"}, {"report_file": "12/m/ip"}
_BUSY = 503


def _opened(
    request: HttpRequest, token: str, tries: Mapping[str, str], draw: Callable[[ReportLink], HttpResponse]
) -> HttpResponse:
    """Limited in tries, told by the link's workspace and to no other site, kept in no cache and in no search
    engine."""
    (action,) = tries
    if not ratelimit.consume(request, app="tesselle", action=action, config=tries, limit_get=True):
        return render(request, "429.html", status=429)
    if (link := find(token)) is None:
        response = render(request, "report/link_gone.html", status=404)
    else:
        with told_by(link.workspace):
            response = draw(link)
    # Not "no-referrer": browsers then call the page's forms for language and light of unknown origin.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@login_not_required
def show(request: HttpRequest, token: str) -> HttpResponse:
    return _opened(request, token, _PAGES, lambda link: _page(request, link, token))


@require_safe
@login_not_required
def file(request: HttpRequest, token: str, ending: str) -> HttpResponse:
    return _opened(request, token, _FILES, lambda link: _file(request, link, token, ending))


def _file(request: HttpRequest, link: ReportLink, token: str, ending: str) -> HttpResponse:
    known, scope = ending_asked(ending), scope_of(link)
    try:
        return download(document_of(link.workspace, scope), known, name=file_name_of(scope))
    except RuleError as error:
        return _page(request, link, token, error=say(error.message))


def _page(request: HttpRequest, link: ReportLink, token: str, *, error: str = "") -> HttpResponse:
    context = {
        "link": link,
        "token": token,
        "report": report_of(link.workspace, scope_of(link)),
        "letterhead": letterhead_of(link.workspace),
        "error": error,
    }
    return render(request, "report/by_link.html", context, status=_BUSY if error else 200)
