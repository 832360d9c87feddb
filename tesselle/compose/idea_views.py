"""The page of the idea box, made for a telephone on a job site: words, a photo, done."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tesselle.compose import ideas as box
from tesselle.compose.access import idea_of
from tesselle.domain.errors import RuleError
from tesselle.library.pages import tile
from tesselle.library.uploads import taken_in
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member

PER_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
def ideas(request: HttpRequest) -> HttpResponse:
    writing = request.method == "POST"
    member = member_of(request, Right.WRITE if writing else Right.READ)
    if not writing:
        return _page(request, member)
    media, refused = taken_in(request, member)
    errors = tuple(say(one.message) for one in refused)
    try:
        if not errors:
            box.add_idea(
                member.workspace, text=request.POST.get("text", "")[:4000], media=media, by=member.user
            )
    except RuleError as nothing:
        errors = (say(nothing.message),)
    if errors:
        return _page(request, member, errors)
    notify(request, _("It is in the box. Thank you."))
    return go_to(request, reverse("compose:ideas"))


@require_POST
def take_up(request: HttpRequest, idea_id: int) -> HttpResponse:
    member = member_of(request, Right.WRITE)
    post = box.take_up(idea_of(member, idea_id), by=member.user)
    notify(request, _("The idea is a draft now."))
    return go_to(request, reverse("compose:edit", args=[post.pk]))


@require_POST
def put_away(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Or bring it back (`back`, the undo)."""
    member = member_of(request, Right.WRITE)
    idea = idea_of(member, idea_id)
    is_undo = "back" in request.GET
    box.set_put_away(idea, not is_undo, by=member.user)
    if not is_undo:
        undo = f"{reverse('compose:put_away_idea', args=[idea.pk])}?back"
        notify(request, _("Put away."), undo_url=undo)
    return go_to(request, reverse("compose:ideas"))


def _page(request: HttpRequest, member: Member, errors: tuple[str, ...] = ()) -> HttpResponse:
    page = Paginator(box.waiting_ideas(member.workspace), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [{"idea": idea, "tiles": [tile(one) for one in idea.media.all()]} for idea in page],
        "may_write": may(member, Right.WRITE),
        "errors": errors,
        "typed": request.POST.get("text", "") if errors else "",
    }
    return render(request, "compose/ideas.html", context, status=UNPROCESSABLE if errors else 200)
