"""The page of findings, and the button that has them worked out anew."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from tesselle.learn.pages import learn_page
from tesselle.learn.score_pages import score_page
from tesselle.learn.services import ask
from tesselle.web.htmx import go_to, show, wants_fragment
from tesselle.workspaces.access import Right, may, member_of


@require_GET
def findings(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    return _show(request, may(member, Right.PLAN))


@require_POST
def run(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    ask(member.workspace, by=member.user)
    if wants_fragment(request):
        return _show(request, True)
    return go_to(request, reverse("learn:findings"))


@require_GET
def score(request: HttpRequest) -> HttpResponse:
    return render(request, "learn/score.html", {"page": score_page(member_of(request).workspace)})


def _show(request: HttpRequest, may_ask: bool) -> HttpResponse:
    member = member_of(request)
    context = {"page": learn_page(member.workspace), "may_ask": may_ask}
    return show(request, "learn/findings.html", "learn/_findings.html", context)
