"""The composer, its live check, the keeping of what is typed, and the list of drafts."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.compose import copies, selectors
from tesselle.compose.access import post_of
from tesselle.compose.changes import Act, change, told
from tesselle.compose.composing import add_files, answer, desk_of, resumed
from tesselle.compose.desk import Desk
from tesselle.compose.draft import of_post, read_words
from tesselle.compose.higher_acts import act_of
from tesselle.compose.inserting import insert_page
from tesselle.compose.models import Post, WorkingCopy
from tesselle.compose.pages import composer_page
from tesselle.compose.saving import OvertakenError, save_desk
from tesselle.compose.sending import sent_before
from tesselle.compose.undoing import read_history
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
    may_write = may(member, Right.WRITE)
    begun = copies.begun(member) if may_write and page.number == 1 else []
    context = {"page": page, "may_write": may_write, "begun": begun, "member": member}
    context["kept_days"] = copies.KEPT_FOR.days
    return render(request, "compose/drafts.html", context)


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


@require_POST
def insert(request: HttpRequest) -> HttpResponse:
    """What can be put into the text that has the caret; the form says which channels it goes to."""
    desk = desk_of(request, member_of(request, Right.WRITE), None)
    owner, _dash, index = request.POST.get("into", "").partition("-text-")
    part = int(index) if index.isdecimal() and len(index) < 5 else 0
    page = insert_page(desk, request.POST.get("wanted", "")[:60], owner, part)
    return render(request, "compose/_insertables.html", {"page": page})


@require_POST
def keep_new(request: HttpRequest) -> HttpResponse:
    return _keep(desk_of(request, member_of(request, Right.WRITE), None), member_of(request, Right.WRITE))


@require_POST
def keep(request: HttpRequest, post_id: int) -> HttpResponse:
    member = member_of(request, Right.WRITE)
    return _keep(desk_of(request, member, post_of(member, post_id)), member)


def _keep(desk: Desk, member: Member) -> HttpResponse:
    """What is typed is safe; says when, and whether somebody else has saved the post meanwhile."""
    kept = copies.keep(desk, by=member.user)
    told_at = time_format(timezone.localtime(kept.kept_at), "H:i") if kept else ""
    answer_with = {"kept_at": told_at, "copy": kept.pk if kept else 0, "newer": ""}
    newest = desk.post.current if desk.post else None
    if newest is not None and newest.number > desk.draft.based_on:
        answer_with["newer"] = _("%(author)s saved this post at %(time)s.") % {
            "author": newest.author or "?",
            "time": time_format(timezone.localtime(newest.created_at), "H:i"),
        }
    return JsonResponse(answer_with)


@require_POST
def discard(request: HttpRequest, copy_id: int) -> HttpResponse:
    """Put a working copy away, or bring it back (`back`, the undo)."""
    member = member_of(request, Right.WRITE)
    copy = get_object_or_404(WorkingCopy, pk=copy_id, workspace=member.workspace, author=member.user)
    is_undo = "back" in request.GET
    copies.set_discarded(copy, not is_undo)
    if not is_undo:
        notify(request, _("Put away."), undo_url=f"{reverse('compose:discard', args=[copy.pk])}?back")
    if copy.post_id is not None:
        return go_to(request, reverse("compose:edit", args=[copy.post_id]))
    return go_to(request, reverse("compose:drafts"))


def _compose(request: HttpRequest, member: Member, post: Post | None) -> HttpResponse:
    """Each button of the form comes here: `do` says which."""
    desk = desk_of(request, member, post)
    if request.method == "GET":
        desk, copy = resumed(desk, member.user)
        return answer(request, desk, copy=copy)
    act = Act.read(request.POST.get("do", "save"))
    match act.verb:
        case "save":
            return _save(request, desk, member)
        case "undo" | "redo":
            return _step(request, desk, act)
        case "compare":
            return answer(request, desk, compare=True)
        case _:
            return _change(request, desk, act, member)


def _save(request: HttpRequest, desk: Desk, member: Member) -> HttpResponse:
    try:
        with transaction.atomic():
            saved = sent_before(desk, by=member.user) or save_desk(desk, by=member.user)
    except OvertakenError as overtaken:
        return answer(request, desk, refused=overtaken)
    notify(request, _("Saved."), level=messages.SUCCESS)
    return go_to(request, reverse("compose:edit", args=[saved.pk]))


def _step(request: HttpRequest, desk: Desk, act: Act) -> HttpResponse:
    history = read_history(request.POST)
    is_undo = act.verb == "undo"
    said = _("Undone: the words are as they were.") if is_undo else _("Done again.")
    draft, history = history.undo(desk.draft) if is_undo else history.redo(desk.draft)
    return answer(request, desk.with_draft(draft), history=history, said=said)


def _change(request: HttpRequest, desk: Desk, act: Act, member: Member) -> HttpResponse:
    try:
        desk, refusals = add_files(desk, request.FILES.getlist("files"), by=member.user)
        before = desk.draft
        if act.verb == "take_theirs" and desk.post is not None:
            after, said = of_post(desk.post, desk.workspace), _("Theirs stands in the form now.")
        elif act.verb == "put_back":
            after = read_words(request.POST.get("found", ""), desk.draft)
            said = _("We found words that were not saved. They stand in the form again.")
        elif (higher := act_of(act.verb)) is not None:
            after, said = higher.act(desk, member.user)
        else:
            after, said = change(desk, act, member.user), told(desk, act)
    except RuleError as refused:
        return answer(request, desk, refused=refused)
    if after == before:
        return answer(request, desk, refused=refusals)
    history = read_history(request.POST).done(said, before)
    return answer(request, desk.with_draft(after), refused=refusals, history=history, said=said)
