"""The dashboards' pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tesselle.measure.boards.aims import aims_page
from tesselle.measure.boards.audience import audience_page
from tesselle.measure.boards.team import team_page
from tesselle.measure.choice import base_of
from tesselle.measure.pages import PERIODS
from tesselle.measure.windows import window_of
from tesselle.workspaces.access import member_of


def _days(request: HttpRequest) -> int:
    return next((days for days in PERIODS if str(days) == request.GET.get("days")), PERIODS[0])


@require_GET
def aims(request: HttpRequest) -> HttpResponse:
    workspace = member_of(request).workspace
    page = aims_page(workspace, window_of(request, workspace), base_of(workspace))
    return render(request, "measure/aims.html", {"page": page})


@require_GET
def audience(request: HttpRequest) -> HttpResponse:
    page = audience_page(member_of(request).workspace, _days(request))
    return render(request, "measure/audience.html", {"page": page})


@require_GET
def team(request: HttpRequest) -> HttpResponse:
    page = team_page(member_of(request).workspace, _days(request))
    return render(request, "measure/team.html", {"page": page})
