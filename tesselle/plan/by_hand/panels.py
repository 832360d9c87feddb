"""Where a post is written, what is done by hand for it; on the first page, what is due."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tesselle.compose.desk import Desk
from tesselle.plan.by_hand.services import due
from tesselle.plan.models import ByHand
from tesselle.web.needs import Act, Need
from tesselle.web.panels import Content
from tesselle.workspaces.access import Right, may
from tesselle.workspaces.models import Member


def by_hand_panel(request: HttpRequest, *, desk: Desk) -> Content | None:
    member: Member | None = getattr(request, "member", None)
    if member is None or desk.post is None:
        return None
    rows = list(
        ByHand.objects.filter(post=desk.post, called_off_at=None).select_related("who").order_by("due_at")
    )
    may_plan = may(member, Right.PLAN)
    if not rows and not may_plan:
        return None
    return Content("plan/by_hand/panel.html", {"post": desk.post, "rows": rows, "may_plan": may_plan})


def count_by_hand(request: HttpRequest) -> int:
    member: Member | None = getattr(request, "member", None)
    return 0 if member is None else _mine(member).count()


def by_hand_needs(request: HttpRequest) -> Sequence[Need]:
    member: Member | None = getattr(request, "member", None)
    return () if member is None else [_need(one) for one in _mine(member)[:20]]


def _mine(member: Member) -> QuerySet[ByHand]:
    """Due, and given to this person or to nobody who is still here."""
    return due(member.workspace).filter(Q(who=member.user_id) | Q(who=None))


def _need(one: ByHand) -> Need:
    url = reverse("plan:by_hand", args=[one.pk])
    return Need(
        key=f"by-hand-{one.pk}",
        tone="attention",
        icon="clock",
        word=pgettext("by hand", "By hand"),
        title=one.post.name or pgettext("post", "Untitled"),
        happened=_("Now to be done by hand: %(where)s") % {"where": one.where},
        means=_("The network lets no software do it."),
        todo=_("Text and pictures lie ready. Do it, then say that it is done."),
        url=url,
        acts=(Act(_("Do it now"), url, "arrow-right", "main", "get"),),
    )
