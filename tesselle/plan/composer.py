"""The planning panel of the composer, and what its button does."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tesselle.compose.access import post_of
from tesselle.compose.composing import add_files, answer, desk_of
from tesselle.compose.desk import Desk
from tesselle.compose.models import Post
from tesselle.compose.saving import save_desk
from tesselle.compose.sending import sent_before
from tesselle.domain.errors import RuleError
from tesselle.domain.lifecycle import DeliveryState
from tesselle.domain.messages import N_
from tesselle.ledger.models import Delivery, Purpose
from tesselle.ledger.services import planning
from tesselle.plan import when
from tesselle.plan.services import Slot, plan_post
from tesselle.plan.standing import AWAITING, OVER
from tesselle.web.htmx import go_to
from tesselle.web.kept_query import SOME_ID, KeptQuery
from tesselle.web.panels import Content
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member, User


@dataclass(frozen=True, slots=True)
class Standing:
    """A delivery of the post as the composer shows it. `is_orphan`: its channel is no longer chosen."""

    delivery: Delivery
    name: str
    url: str
    is_gone: bool
    is_orphan: bool


def planning_panel(request: HttpRequest, *, desk: Desk) -> Content | None:
    """Now, at a time or in the next free slot; what was typed is kept when planning was refused."""
    member: Member | None = getattr(request, "member", None)
    if member is None:
        return None
    post = desk.post
    name = "plan:plan_written" if post else "plan:plan_new"
    standing = _standing(post, desk) if post else []
    gone = {one.delivery.channel_id for one in standing if one.is_gone}
    context: dict[str, Any] = {
        "may_plan": may(member, Right.PLAN),
        "action": reverse(name, args=[post.pk] if post else []),
        "is_new": post is None,
        "repeat_url": reverse("plan:repeat", args=[post.pk]) if post else "",
        "standing": standing,
        "is_all_gone": bool(desk.chosen) and gone.issuperset(place.channel.pk for place in desk.chosen),
        **when.panel(when.asked(request, desk), desk),
    }
    return Content("plan/composer_panel.html", context)


@require_POST
def outcome(request: HttpRequest) -> HttpResponse:
    """When each channel would get the post, as the choice stands; plans nothing."""
    member = member_of(request, Right.PLAN)
    desk = desk_of(request, member, None)
    return render(request, "plan/_outcome.html", when.panel(request.POST, desk))


def _latest(post: Post) -> dict[int, Delivery]:
    """The last delivery on each channel."""
    return {delivery.channel_id: delivery for delivery in _deliveries.records({SOME_ID: post.pk})}


_deliveries = KeptQuery(
    lambda: (
        Delivery.objects.filter(post=SOME_ID, purpose=Purpose.POST).select_related("channel").order_by("id")
    ),
    is_planned_once=True,
)


def _standing(post: Post, desk: Desk) -> list[Standing]:
    return [
        Standing(
            delivery,
            delivery.channel.display_name or delivery.channel.handle,
            reverse("publish:delivery", args=[delivery.pk]),
            delivery.state not in (*AWAITING, *OVER),
            channel_id not in desk.draft.chosen and delivery.state in AWAITING,
        )
        for channel_id, delivery in _latest(post).items()
    ]


@require_POST
def plan_new(request: HttpRequest) -> HttpResponse:
    return _plan(request, member_of(request, Right.PLAN), None)


@require_POST
def plan_written(request: HttpRequest, post_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    return _plan(request, member, post_of(member, post_id))


def _plan(request: HttpRequest, member: Member, post: Post | None) -> HttpResponse:
    """Save and plan, both or neither; what is refused stays in the form."""
    desk, refusals = add_files(desk_of(request, member, post), request.FILES.getlist("files"), by=member.user)
    if refusals:
        return answer(request, desk, refused=refusals)
    try:
        slots = when.chosen_slots(request.POST, desk)
        with transaction.atomic():
            earlier = sent_before(desk, by=member.user)
            if earlier is not None and earlier.deliveries.exists():
                return _onwards(request, earlier)
            saved, made = _save_and_plan(_of(desk, earlier), slots, by=member.user)
    except RuleError as refused:
        return answer(request, desk, refused=refused)
    if made:
        planned = ngettext("%(count)s delivery planned.", "%(count)s deliveries planned.", made)
        notify(request, planned % {"count": made})
    gone = len(desk.chosen) - made
    if gone:
        left = ngettext(
            "%(count)s channel has already left: change it on its delivery’s page.",
            "%(count)s channels have already left: change them on their deliveries’ pages.",
            gone,
        )
        notify(request, left % {"count": gone}, level=messages.WARNING)
    return _onwards(request, saved)


def _of(desk: Desk, earlier: Post | None) -> Desk:
    """The desk as it is if the form made that post already, by the button beside."""
    if earlier is None or earlier.current is None:
        return desk
    return replace(desk, post=earlier, draft=replace(desk.draft, based_on=earlier.current.number))


def _onwards(request: HttpRequest, saved: Post) -> HttpResponse:
    if request.POST.get("do") == "plan_next":
        return go_to(request, reverse("compose:new"))
    return go_to(request, reverse("compose:edit", args=[saved.pk]))


def _save_and_plan(desk: Desk, slots: Mapping[int, Slot], *, by: User) -> tuple[Post, int]:
    """What waits is called off and planned anew from the new words; what is on its way stays."""
    if not desk.chosen:
        raise RuleError(_NO_CHANNEL)
    saved = save_desk(desk, by=by)
    latest = _latest(saved)
    free = [place.channel.pk for place in desk.chosen if _is_free(latest.get(place.channel.pk), by)]
    return saved, len(plan_post(post=saved, slots={pk: slots[pk] for pk in free}, by=by))


def _is_free(delivery: Delivery | None, by: User) -> bool:
    """Whether the channel may get a new delivery of this post: nothing of it is out or under way."""
    if delivery is None or delivery.state in OVER:
        return True
    if delivery.state not in AWAITING or delivery.steps.filter(remote__isnull=False).exists():
        return False
    return planning.cancel([delivery], by=by) == 1 or delivery.state == DeliveryState.REFUSED


_NO_CHANNEL = N_("Choose at least one channel to plan this post on.")
