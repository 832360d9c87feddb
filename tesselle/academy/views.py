"""The overview of a path, and how one begins."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from tesselle.academy.access import on_own_path, path_of
from tesselle.academy.beginning import begin_path, remove_path
from tesselle.academy.models import Path
from tesselle.academy.pages import overview_of
from tesselle.academy.parts import parts
from tesselle.web.toasts import notify
from tesselle.workspaces.access import member_of


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    path = path_of(member_of(request))
    if path is None:
        return render(request, "academy/no_path.html")
    values = {"path": path, "parts": parts("overview"), "overview": overview_of(path)}
    return render(request, "academy/overview.html", values)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    begin_path(member=member_of(request))
    return redirect("academy:start")


@require_POST
@on_own_path
def remove(request: HttpRequest, path: Path) -> HttpResponse:
    """Nothing brings it back, so the box has to be ticked too."""
    if request.POST.get("sure") != "on":
        words = gettext("Nothing was taken away: tick the box too, since nothing brings a path back.")
        notify(request, words, level=messages.WARNING)
    else:
        remove_path(path)
        notify(request, gettext("Your path and everything in it is gone."))
    return redirect("academy:overview")
