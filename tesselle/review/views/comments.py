"""Comments of the members, on the page of approval and in the composer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tesselle.compose.access import post_of
from tesselle.compose.models import Post
from tesselle.domain.errors import RuleError
from tesselle.review.access import comment_of
from tesselle.review.commenting import add_comment, set_resolved
from tesselle.review.forms import CommentForm
from tesselle.review.pages import saved_desk
from tesselle.review.panels import composer_comments
from tesselle.web.htmx import UNPROCESSABLE, go_to, show, wants_fragment
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Member


@require_POST
def comment(request: HttpRequest, post_id: int) -> HttpResponse:
    member = member_of(request, Right.WRITE)
    post = post_of(member, post_id)
    form = CommentForm(request.POST)
    error = ""
    if not form.is_valid():
        error = _("Write what you want to say.")
    else:
        try:
            add_comment(post, by=member.user, is_inside="outside" not in request.POST, **form.said)
        except RuleError as refused:
            error = say(refused.message)
    return _back(request, member, post, error)


@require_POST
def resolve(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Or take it up again (`back`, the undo)."""
    member = member_of(request, Right.WRITE)
    found = comment_of(member, comment_id)
    is_undo = "back" in request.GET
    set_resolved(found, not is_undo, by=member.user)
    if not is_undo:
        undo = f"{reverse('review:resolve', args=[found.pk])}?back"
        notify(request, _("Dealt with."), undo_url=undo)
    return _back(request, member, post_of(member, found.post_id))


def _back(request: HttpRequest, member: Member, post: Post, error: str = "") -> HttpResponse:
    """In the composer only the panel is drawn again: what is being written stays."""
    if wants_fragment(request) and request.headers.get("HX-Target") == "post-comments":
        begun = (
            {"begun": request.POST.get("text"), "begun_passage": request.POST.get("passage")} if error else {}
        )
        context = {**composer_comments(saved_desk(post), post, member), **begun, "comment_error": error}
        status = UNPROCESSABLE if error else 200
        panel = "review/_composer_comments.html"
        return show(request, panel, panel, context, status=status)
    if error:
        notify(request, error, level=messages.ERROR)
    return go_to(request, reverse("review:post", args=[post.pk]) + "#comments")
