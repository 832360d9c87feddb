"""The start: written, frozen, opened again, taken along."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from tesselle.academy.access import on_own_path
from tesselle.academy.models import Path
from tesselle.academy.parts import parts
from tesselle.academy.start.document import blocks_of, start_document
from tesselle.academy.start.forms import Start
from tesselle.academy.start.services import content_of, freeze_start, keep_start, reopen_start
from tesselle.documents.formats import MIMES, ending_of
from tesselle.domain.errors import RuleError
from tesselle.web.documents import download
from tesselle.web.sentences import say
from tesselle.web.toasts import notify


@require_GET
@on_own_path
def page(request: HttpRequest, path: Path) -> HttpResponse:
    return _page(request, path, Start(path))


@require_POST
@on_own_path
def save(request: HttpRequest, path: Path) -> HttpResponse:
    start = Start(path, request.POST)
    if not start.is_valid():
        return _page(request, path, start, status=422)
    try:
        keep_start(path, start)
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
    else:
        notify(request, gettext("The start is saved."))
    return redirect("academy:start")


@require_POST
@on_own_path
def freeze(request: HttpRequest, path: Path) -> HttpResponse:
    """What stands in the form is kept first: whoever wrote it and freezes it means this, not what was there."""
    start = Start(path, request.POST) if "subject" in request.POST else None
    if start is not None and not start.is_valid():
        return _page(request, path, start, status=422)
    try:
        if start is not None:
            keep_start(path, start)
        freeze_start(path)
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
    else:
        notify(
            request, gettext("The start is frozen, with today’s date. It can be taken along as a document.")
        )
    return redirect("academy:start")


@require_POST
@on_own_path
def reopen(request: HttpRequest, path: Path) -> HttpResponse:
    reopen_start(path)
    notify(request, gettext("The start can be changed again. What was frozen is kept."))
    return redirect("academy:start")


@require_GET
@on_own_path
def document(request: HttpRequest, path: Path, number: int, ending: str) -> HttpResponse:
    frozen = path.frozen_starts.select_related("path__person").filter(number=number).first()
    known = ending_of(ending)
    if frozen is None or known is None:
        raise Http404
    try:
        return download(start_document(frozen), known)
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
        return redirect("academy:start")


def _page(request: HttpRequest, path: Path, start: Start, status: int = 200) -> HttpResponse:
    values = {
        "path": path,
        "parts": parts("start"),
        "start": start,
        "frozen": list(path.frozen_starts.all()),
        "shown": blocks_of(content_of(path)) if path.is_frozen else [],
        "endings": list(MIMES),
    }
    return render(request, "academy/start.html", values, status=status)
