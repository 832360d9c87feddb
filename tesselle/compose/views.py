"""The composer, its live check, and the list of drafts."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.compose import selectors
from tesselle.compose.access import post_of
from tesselle.compose.composing import add_files, answer, desk_of
from tesselle.compose.models import Post
from tesselle.compose.pages import composer_page
from tesselle.compose.repairs import change
from tesselle.compose.saving import OvertakenError, save_desk
from tesselle.domain.errors import RuleError
from tesselle.web.htmx import go_to
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member

PER_PAGE = 30


@require_GET
def drafts(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    page = Paginator(selectors.drafts(member.workspace), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "compose/drafts.html", {"page": page, "may_write": may(member, Right.WRITE)})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    return _compose(request, member_of(request, Right.WRITE), None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, post_id: int) -> HttpResponse:
    member = member_of(request, Right.WRITE)
    return _compose(request, member, post_of(member, post_id))


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Findings, counters and previews of what stands in the form; keeps nothing."""
    desk = desk_of(request, member_of(request, Right.WRITE), None)
    return render(request, "compose/_check.html", {"page": composer_page(desk)})


def _compose(request: HttpRequest, member: Member, post: Post | None) -> HttpResponse:
    """Each button of the form comes here: `do` says which."""
    desk = desk_of(request, member, post)
    if request.method == "GET":
        return answer(request, desk)
    act = request.POST.get("do", "save")
    if act == "save":
        try:
            saved = save_desk(desk, by=member.user)
        except OvertakenError as overtaken:
            return answer(request, desk, refused=overtaken)
        notify(request, _("Saved."), level=messages.SUCCESS)
        return go_to(request, reverse("compose:edit", args=[saved.pk]))
    try:
        desk, refusals = add_files(desk, request.FILES.getlist("files"), by=member.user)
        desk = desk.with_draft(change(desk, act, member.user))
    except RuleError as refused:
        return answer(request, desk, refused=refused)
    return answer(request, desk, refused=refusals)
