"""Asking for a yes, and saying it, as a member of the workspace."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tesselle.compose.access import post_of
from tesselle.compose.models import Post
from tesselle.domain.approving import Voice
from tesselle.domain.errors import RuleError
from tesselle.review import selectors
from tesselle.review.access import answering, counts, link_of, may_answer
from tesselle.review.asking import ask_members
from tesselle.review.commenting import names_here
from tesselle.review.forms import AnswerForm, LinkForm, WeekForm
from tesselle.review.links import make_link, withdraw_link
from tesselle.review.pages import papers, stylesheets_of, times_of, title_of
from tesselle.review.services import answer
from tesselle.review.standing import standings
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member

SOME_LINK = 1
"""Whichever: what a rule asks of outside is any link."""


@require_GET
def approvals(request: HttpRequest) -> HttpResponse:
    return _approvals(request, member_of(request), None)


def _approvals(request: HttpRequest, member: Member, form: WeekForm | None) -> HttpResponse:
    workspace = member.workspace
    waiting = selectors.waiting(workspace)
    standing, when = standings(waiting), times_of(waiting)
    rows = [
        {"post": post, "title": title_of(post), "standing": standing[post.pk], "when": when.get(post.pk)}
        for post in waiting
    ]
    context = {
        "rows": rows,
        "links": selectors.links(workspace),
        "form": form or WeekForm(initial={"first": workspace.today()}),
        "may_ask": may(member, Right.PLAN),
    }
    return render(request, "review/approvals.html", context, status=UNPROCESSABLE if form else 200)


@require_POST
def ask_for_week(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    form = WeekForm(request.POST)
    if form.is_valid():
        first = form.cleaned_data["first"]
        posts = selectors.between(member.workspace, first, form.last)
        made = _made(request, member, form, posts)
        if made is not None:
            return made
    return _approvals(request, member, form)


@require_GET
def post(request: HttpRequest, post_id: int) -> HttpResponse:
    member = member_of(request)
    return _post(request, member, post_of(member, post_id), LinkForm())


@require_POST
def ask(request: HttpRequest, post_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    found = post_of(member, post_id)
    form = LinkForm(request.POST)
    if form.is_valid():
        made = _made(request, member, form, [found])
        if made is not None:
            return made
    return _post(request, member, found, form)


@require_POST
def ask_here(request: HttpRequest, post_id: int) -> HttpResponse:
    """Of the members: whoever writes may ask."""
    member = member_of(request, Right.WRITE)
    found = post_of(member, post_id)
    try:
        ask_members(found, by=member.user)
    except RuleError as refused:
        return _post(request, member, found, LinkForm(), say(refused.message))
    notify(request, _("Asked. Whoever’s turn it is finds it under what needs them."))
    return go_to(request, reverse("review:post", args=[found.pk]))


@require_POST
def answer_here(request: HttpRequest, post_id: int) -> HttpResponse:
    member, found = answering(request, post_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _post(request, member, found, LinkForm(), _("Choose yes, or say what is to be changed."))
    try:
        answer(found, by=member.user, **form.said)
    except RuleError as refused:
        found.refresh_from_db()
        return _post(request, member, found, LinkForm(), say(refused.message))
    notify(request, _("Noted."))
    return go_to(request, reverse("review:post", args=[found.pk]))


@require_POST
def withdraw(request: HttpRequest, link_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    link = link_of(member, link_id)
    withdraw_link(link, by=member.user)
    notify(request, _("The link for %(name)s is worth nothing any more.") % {"name": link.name})
    return go_to(request, reverse("review:approvals"))


def _made(request: HttpRequest, member: Member, form: LinkForm, posts: list[Post]) -> HttpResponse | None:
    """The page that shows the link, this once; None with the reason in the form."""
    values = form.cleaned_data
    try:
        link, token = make_link(
            member.workspace, posts, name=values["name"], days=values["days"], by=member.user
        )
    except RuleError as refused:
        form.add_error(None, say(refused.message))
        return None
    address = settings.PUBLIC_URL + reverse("review:by_link", args=[token])
    context = {"link": link, "address": address, "count": len(posts)}
    response = render(request, "review/link_made.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _post(request: HttpRequest, member: Member, found: Post, form: LinkForm, error: str = "") -> HttpResponse:
    (paper,) = papers([found], for_strangers=False)
    context = {
        "paper": paper,
        "stylesheets": stylesheets_of([paper]),
        "form": form,
        "error": error,
        "may_ask": may(member, Right.PLAN) and bool(paper.revision),
        "may_answer": bool(paper.revision) and may_answer(member, found),
        "yes_counts": counts(paper.standing, Voice(member.user_id, member.role)),
        "outside_counts": counts(paper.standing, Voice(link_id=SOME_LINK)),
        "may_ask_members": may(member, Right.WRITE)
        and paper.standing.state == "draft"
        and bool(paper.revision),
        "may_write": may(member, Right.WRITE),
        "names": names_here(member),
        "links": [
            link
            for link in selectors.links(member.workspace)
            if any(one.post_id == found.pk for one in link.asked.all())
        ],
    }
    status = UNPROCESSABLE if error or form.errors else 200
    return render(request, "review/post.html", context, status=status)
