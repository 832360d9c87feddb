"""The page on which several pictures become a post each; one button plans what can be planned."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.compose import copies
from tesselle.compose.desk import set_up
from tesselle.compose.draft import Draft, Words
from tesselle.compose.selectors import usual_channels
from tesselle.library.access import assets_for
from tesselle.library.models import Asset
from tesselle.library.uploads import taken_in
from tesselle.plan.models import BulkChange
from tesselle.plan.pictures.batch import AT_MOST, Batch, Row, begun, numbers, read_form
from tesselle.plan.pictures.carrying import became, came_back, carried_out, carry_out, take_back, typed
from tesselle.plan.pictures.keeping import KEPT_FOR, begun_by, forget, keep, own
from tesselle.plan.pictures.pages import outcomes, pictures_page
from tesselle.plan.pictures.times import with_times
from tesselle.strategy.models import Pillar
from tesselle.strategy.selectors import pillars
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member


@require_http_methods(["GET", "HEAD", "POST"])
def pictures(request: HttpRequest) -> HttpResponse:
    """`do`: `plan`, `together`, `leave:<asset>`; anything else draws the page again, with what was added."""
    member = member_of(request, Right.WRITE)
    if request.method != "POST":
        return _begun(request, member)
    batch, refused = _with_files(request, member, _read(member, request.POST))
    do, _colon, about = request.POST.get("do", "").partition(":")
    if refused:
        return _page(request, member, batch, error=" ".join(refused))
    if do == "together" and batch.rows:
        forget(member, request.POST)
        return _together(request, member, batch)
    if do == "plan":
        return _plan(request, member, batch)
    if do == "leave":
        batch = replace(batch, rows=tuple(row for row in batch.rows if str(row.asset.pk) != about))
    return _page(request, member, with_times(batch, by=member.user), is_checked=do == "check")


def _begun(request: HttpRequest, member: Member) -> HttpResponse:
    """With the pictures of the address; after an undo, with all that had been typed."""
    again, kept = (numbers([request.GET.get(name, "")]) for name in ("again", "kept"))
    if kept:
        copy = get_object_or_404(own(member), pk=kept[0])
        was = replace(_read(member, QueryDict(copy.typed)), once=_once(), kept=copy.pk)
        return _page(request, member, was, is_checked=True)
    if again:
        change = _change(member, again[0])
        was, back = _read(member, typed(change)), came_back(change)
        rows = tuple(row for row in was.rows if row.asset.pk in back)
        return _page(request, member, replace(was, rows=rows, once=_once(), kept=0))
    # As they were added: the library shows the newest first.
    assets = sorted(_in_order(member, request.GET.getlist("asset")), key=lambda asset: asset.pk)
    batch = begun(member.workspace, assets, usual_channels(member), request.GET.get("day", ""), _once())
    asked = numbers(request.GET.getlist("asset"))
    return _page(request, member, with_times(batch, by=member.user), error=_left_out(len(asked)))


def _left_out(asked: int) -> str:
    if asked <= AT_MOST:
        return ""
    said = _("At most %(most)s pictures at a time: the others stay in the library, and can come next.")
    return said % {"most": AT_MOST}


def _once() -> str:
    return uuid.uuid4().hex


def _in_order(member: Member, given: Sequence[str]) -> list[Asset]:
    ids = numbers(given)[:AT_MOST]
    known = {asset.pk: asset for asset in assets_for(member, ids)}
    return [known[pk] for pk in ids if pk in known]


def _read(member: Member, data: QueryDict) -> Batch:
    known = {asset.pk: asset for asset in _in_order(member, data.getlist("asset"))}
    ids = Pillar.objects.filter(workspace=member.workspace).values_list("pk", flat=True)
    return read_form(member.workspace, known, ids, data)


def _with_files(request: HttpRequest, member: Member, batch: Batch) -> tuple[Batch, tuple[str, ...]]:
    """What was chosen on the page itself comes behind what is there."""
    assets, refused = taken_in(request, member)
    there = {row.asset.pk for row in batch.rows}
    fresh = {asset.pk: Row(asset, alt=asset.alt) for asset in assets if asset.pk not in there}
    rows = (*batch.rows, *fresh.values())
    told = (*(say(one.message) for one in refused), _left_out(len(rows)))
    return replace(batch, rows=rows[:AT_MOST]), tuple(filter(None, told))


def _plan(request: HttpRequest, member: Member, batch: Batch) -> HttpResponse:
    may_plan = may(member, Right.PLAN)
    if error := _refused(batch, may_plan):
        return _page(request, member, batch, error=error, is_checked=True)
    change = carry_out(batch, request.POST, member=member, may_plan=may_plan)
    forget(member, request.POST)
    # Not of the rows: what is sent a second time may hold others.
    came_of_it = became(change)
    kept = [one for one in came_of_it if not one.deliveries]
    planned = len(came_of_it) - len(kept)
    if planned:
        said = ngettext("%(n)s post is planned.", "%(n)s posts are planned.", planned)
        undo = reverse("plan:pictures_undo", args=[change.pk])
        notify(request, said % {"n": planned}, undo_url="" if kept else undo)
    if kept:
        return go_to(request, reverse("plan:pictures_done", args=[change.pk]))
    first = min((row.local for row in batch.rows if row.local is not None), default=None)
    day = f"?date={first:%Y-%m-%d}" if first is not None else ""
    return go_to(request, reverse("plan:calendar") + day)


def _refused(batch: Batch, may_plan: bool) -> str:
    """What has to be said before anything is kept: it concerns the page, not one row."""
    if not batch.rows:
        return _("There is no picture yet. Add some first.")
    if not may_plan:
        return ""
    if any(row.is_garbled for row in batch.rows):
        return _("A time cannot be read. Nothing was planned, and all that you typed is still here.")
    if not any(batch.desk_of(row).chosen for row in batch.rows):
        return _("Choose at least one channel. Nothing was planned, and all that you typed is still here.")
    return ""


def _together(request: HttpRequest, member: Member, batch: Batch) -> HttpResponse:
    """One post with all of them after all: in the composer, with what was typed."""
    said = "\n\n".join(row.text for row in batch.rows if row.text.strip())
    media = tuple(row.asset.pk for row in batch.rows)
    alts = {row.asset.pk: row.alt for row in batch.rows}
    draft = Draft(shared=Words(text=said, media=media), chosen=batch.channels, alts=alts)
    kept = copies.keep(set_up(member.workspace, None, draft), by=member.user)
    values = {"copy": kept.pk} if kept else {}
    days = {"plan-date": batch.first.isoformat()} if batch.first else {}
    return go_to(request, f"{reverse('compose:new')}?{urlencode({**values, **days})}")


def _page(
    request: HttpRequest, member: Member, batch: Batch, *, error: str = "", is_checked: bool = False
) -> HttpResponse:
    page = pictures_page(
        batch,
        pillars(member.workspace),
        may_plan=may(member, Right.PLAN),
        is_checked=is_checked,
        is_typed=request.method == "POST" or "again" in request.GET,
        error=error,
    )
    status = UNPROCESSABLE if error and request.method == "POST" else 200
    begun_earlier = [] if batch.rows else begun_by(member)
    context = {"page": page, "begun_earlier": begun_earlier, "kept_days": KEPT_FOR.days}
    return render(request, "plan/pictures/rows.html", context, status=status)


@require_GET
def made(request: HttpRequest) -> JsonResponse:
    """Whether what a page was sent with became posts: then a browser that still holds it may let it go."""
    member = member_of(request, Right.WRITE)
    is_made = carried_out(member.workspace, request.GET.get("once", "")) is not None
    return JsonResponse({"made": is_made})


@require_POST
def keep_typed(request: HttpRequest) -> JsonResponse:
    """What is typed is safe, whatever becomes of this browser; says since when."""
    copy = keep(member_of(request, Right.WRITE), request.POST)
    told_at = time_format(timezone.localtime(copy.kept_at), "H:i") if copy else ""
    return JsonResponse({"kept_at": told_at, "kept": copy.pk if copy else 0})


@require_POST
def put_away(request: HttpRequest, pictures_copy_id: int) -> HttpResponse:
    get_object_or_404(own(member_of(request, Right.WRITE)), pk=pictures_copy_id).delete()
    notify(request, _("Put away. The pictures stay in the library."))
    is_on_drafts = request.POST.get("on") == "drafts"
    return go_to(request, reverse("compose:drafts" if is_on_drafts else "plan:pictures"))


@require_GET
def done(request: HttpRequest, change_id: int) -> HttpResponse:
    """What was planned, and what is a draft and why."""
    member = member_of(request, Right.WRITE)
    change = _change(member, change_id)
    may_undo = may(member, _right_to_undo(change))
    context = {"change": change, "rows": outcomes(change), "may_undo": may_undo}
    return render(request, "plan/pictures/done.html", context)


@require_POST
def undo(request: HttpRequest, change_id: int) -> HttpResponse:
    """Back to the page as it was, with all that was typed."""
    member = member_of(request, Right.WRITE)
    change = _change(member, change_id)
    member_of(request, _right_to_undo(change))
    if take_back(change, by=member.user):
        notify(request, _("Nothing of it is planned any more. What you typed is here."))
    else:
        notify(request, _("Nothing was left to bring back."), level=messages.WARNING)
    return go_to(request, f"{reverse('plan:pictures')}?again={change.pk}")


def _right_to_undo(change: BulkChange) -> Right:
    """What was planned is called off by whoever may plan; drafts are their writer's."""
    return Right.PLAN if any(one.deliveries for one in became(change)) else Right.WRITE


def _change(member: Member, change_id: int) -> BulkChange:
    found: BulkChange = get_object_or_404(
        BulkChange.objects.select_related("workspace"),
        pk=change_id,
        workspace=member.workspace,
        made_by=member.user,
        undo__has_key="pictures",
    )
    return found
