"""The page of a post's versions, and going back to one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tesselle.compose.access import post_of
from tesselle.compose.versions import against_current, restore, versions_of
from tesselle.domain.errors import RuleError
from tesselle.web.htmx import go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of

PER_PAGE = 15


@require_GET
def versions(request: HttpRequest, post_id: int) -> HttpResponse:
    """All of them, each with what it changed."""
    post = post_of(member_of(request, Right.WRITE), post_id)
    every = post.revisions.select_related("author").prefetch_related("variants").order_by("-number")
    page = Paginator(every, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    older = every.filter(number__lt=shown[-1].number).first() if shown else None
    context = {"post": post, "page": page, "versions": versions_of(post, shown, older)}
    return render(request, "compose/versions.html", context)


@require_GET
def version(request: HttpRequest, post_id: int, number: int) -> HttpResponse:
    """What going back to this one would change."""
    post = post_of(member_of(request, Right.WRITE), post_id)
    revision = get_object_or_404(post.revisions.select_related("author"), number=number)
    context = {
        "post": post,
        "revision": revision,
        "is_current": revision.pk == post.current_id,
        "changes": against_current(post, revision),
    }
    return render(request, "compose/version.html", context)


@require_POST
def go_back(request: HttpRequest, post_id: int, number: int) -> HttpResponse:
    """`from`: the version that was the newest one for whoever pressed the button."""
    member = member_of(request, Right.WRITE)
    post = post_of(member, post_id)
    given = request.POST.get("from") or request.GET.get("from") or ""
    was = int(given) if given.isdecimal() and len(given) < 9 else 0
    try:
        saved = restore(post, number, instead_of=was, by=member.user)
    except RuleError as refused:
        notify(request, say(refused.message), level=messages.WARNING)
        return go_to(request, reverse("compose:versions", args=[post.pk]))
    now = saved.current.number if saved.current else 0
    undo = f"{reverse('compose:go_back', args=[post.pk, was])}?from={now}"
    said = _("Version %(number)s is the newest one again.") % {"number": number}
    notify(request, said, undo_url=undo, level=messages.SUCCESS)
    return go_to(request, reverse("compose:edit", args=[post.pk]))
