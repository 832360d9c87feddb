"""The overview of a path, and how one begins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from tesselle.academy.access import path_of
from tesselle.academy.beginning import begin_path
from tesselle.academy.pages import overview_of
from tesselle.academy.parts import parts
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
