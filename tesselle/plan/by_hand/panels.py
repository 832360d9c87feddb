"""Where a post is written, what is done by hand for it; on the first page, what is due."""

from collections.abc import Sequence

from django.db.models import DateTimeField, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tesselle.compose.desk import Desk
from tesselle.plan.by_hand.services import due
from tesselle.plan.models import ByHand
from tesselle.web.kept_query import SOME_ID, KeptQuery
from tesselle.web.needs import Act, Need
from tesselle.web.panels import Content
from tesselle.workspaces import facts
from tesselle.workspaces.access import Right, may
from tesselle.workspaces.models import Member

MOST = 20
"""Each by itself on the first page; the others in one line, and as these are done they follow."""


def by_hand_panel(request: HttpRequest, *, desk: Desk) -> Content | None:
    member: Member | None = getattr(request, "member", None)
    if member is None or desk.post is None:
        return None
    rows = _of_post.records({SOME_ID: desk.post.pk})
    may_plan = may(member, Right.PLAN)
    if not rows and not may_plan:
        return None
    return Content("plan/by_hand/panel.html", {"post": desk.post, "rows": rows, "may_plan": may_plan})


_of_post = KeptQuery(
    lambda: ByHand.objects.filter(post=SOME_ID, called_off_at=None).select_related("who").order_by("due_at"),
    is_planned_once=True,
)


def tell_counts() -> None:
    """Register how much of it is due, and this person's to do."""
    facts.register("plan.by_hand", lambda: facts.number(_due_by_its_clock()))


def _due_by_its_clock() -> QuerySet[ByHand]:
    return ByHand.objects.filter(
        Q(who=facts.SOME_PERSON) | Q(who=None),
        workspace=OuterRef("pk"),
        done_at=None,
        called_off_at=None,
        post__deleted_at=None,
        due_at__lte=ExpressionWrapper(Now() + F("workspace__clock_shift"), DateTimeField()),
    )


def _all(request: HttpRequest) -> int:
    return facts.of(request)["plan.by_hand"]


def count_by_hand(request: HttpRequest) -> int:
    """As many as stand on the page."""
    return min(_all(request), MOST + 1)


def by_hand_needs(request: HttpRequest) -> Sequence[Need]:
    member: Member | None = getattr(request, "member", None)
    if member is None or not count_by_hand(request):
        return ()
    shown = [_need(one) for one in _mine(member)[:MOST]]
    others = _all(request) - MOST
    return [*shown, _others(others)] if others > 0 else shown


def _mine(member: Member) -> QuerySet[ByHand]:
    """Due, and given to this person or to nobody who is still here."""
    return due(member.workspace).filter(Q(who=member.user_id) | Q(who=None))


def _others(n: int) -> Need:
    url = reverse("plan:by_hand_all")
    title = ngettext(
        "%(n)s other thing is to be done by hand", "%(n)s other things are to be done by hand", n
    )
    return Need(
        key="by-hand-others",
        tone="attention",
        icon="clock",
        word=pgettext("by hand", "By hand"),
        title=title % {"n": n},
        happened="",
        means=_("Those that were due first stand above."),
        todo=_("Open the list of all of them."),
        url=url,
        acts=(Act(_("See all of them"), url, "arrow-right", "main", "get"),),
    )


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
