"""Approval by a link, without an account. Opening it decides nothing: mail scanners open links too."""

from collections.abc import Callable
from functools import wraps

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tesselle.domain.errors import RuleError
from tesselle.review.commenting import add_comment
from tesselle.review.forms import AnswerForm, CommentForm
from tesselle.review.links import find, posts_of
from tesselle.review.models import ReviewLink
from tesselle.review.pages import Paper, papers, stylesheets_of
from tesselle.review.services import answer
from tesselle.web.htmx import UNPROCESSABLE
from tesselle.web.sentences import say
from tesselle.workspaces.clocks import told_by

_TRIES = {"review": "60/m/ip"}
LinkView = Callable[[HttpRequest, ReviewLink, str], HttpResponse]


def _by_link(view: LinkView) -> Callable[..., HttpResponse]:
    """Limited in tries, told to no other site, kept in no cache and in no search engine."""

    @login_not_required
    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        if not ratelimit.consume(request, app="tesselle", action="review", config=_TRIES, limit_get=True):
            return render(request, "429.html", status=429)
        link = find(token)
        response = _gone(request) if link is None else _drawn(view, request, link, token)
        # Not "no-referrer": browsers then call the page's own forms of unknown origin, and they are refused.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return opened


def _drawn(view: LinkView, request: HttpRequest, link: ReviewLink, token: str) -> HttpResponse:
    """Told by the link's workspace: whoever opens it belongs to none, or is signed in to another."""
    with told_by(link.workspace):
        return view(request, link, token)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "review/link_gone.html", status=404)


@require_safe
@_by_link
def show(request: HttpRequest, link: ReviewLink, token: str) -> HttpResponse:
    return _page(request, link, token)


@require_POST
@_by_link
def give_answer(request: HttpRequest, link: ReviewLink, token: str) -> HttpResponse:
    """For one post of the link; the page again, at the next one."""
    wanted = request.POST.get("post", "")
    posts = {str(post.pk): post for post in posts_of(link)}
    form = AnswerForm(request.POST)
    if wanted not in posts or not form.is_valid():
        return _page(request, link, token, error=_("Choose yes, or say what is to be changed."))
    try:
        answer(posts[wanted], link=link, **form.said)
    except RuleError as refused:
        return _page(request, link, token, about=int(wanted), error=say(refused.message))
    return redirect(reverse("review:by_link", args=[token]) + f"#post-{wanted}")


@require_POST
@_by_link
def give_comment(request: HttpRequest, link: ReviewLink, token: str) -> HttpResponse:
    """About one post of the link, without deciding anything."""
    wanted = request.POST.get("post", "")
    posts = {str(post.pk): post for post in posts_of(link)}
    form = CommentForm(request.POST)
    if wanted not in posts:
        return _page(request, link, token, error=_("Write what you want to say."))
    if not form.is_valid():
        return _page(request, link, token, about=int(wanted), error=_("Write what you want to say."))
    try:
        add_comment(posts[wanted], link=link, is_inside=False, **form.said)
    except RuleError as refused:
        return _page(request, link, token, about=int(wanted), error=say(refused.message))
    return redirect(reverse("review:by_link", args=[token]) + f"#post-{wanted}")


def _has_answered(link: ReviewLink, paper: Paper) -> bool:
    """Nothing more is asked of this one, though the yes of others may still be missing."""
    return paper.standing.is_answered or any(said.link_id == link.pk for said in paper.standing.answers)


def _page(
    request: HttpRequest, link: ReviewLink, token: str, *, about: int = 0, error: str = ""
) -> HttpResponse:
    """`about`: the post that the error is of."""
    shown = papers(posts_of(link), for_strangers=True)
    context = {
        "link": link,
        "token": token,
        "papers": shown,
        "stylesheets": stylesheets_of(shown),
        "open_count": sum(not _has_answered(link, paper) for paper in shown),
        "about": about,
        "error": error,
        "typed_comment": request.POST.get("text", "") if error else "",
        "typed": request.POST.get("comment", "") if error else "",
    }
    return render(request, "review/by_link.html", context, status=UNPROCESSABLE if error else 200)
