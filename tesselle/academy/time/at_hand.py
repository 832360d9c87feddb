"""A difficulty is offered to be noted at the moment it happens: on the page of a post that ran into trouble."""

from django.http import HttpRequest
from django.utils.translation import gettext, pgettext

from tesselle.academy.access import path_of
from tesselle.domain.lifecycle import DeliveryState
from tesselle.ledger.models import Delivery
from tesselle.web.panels import Content
from tesselle.web.states import look
from tesselle.workspaces.models import Member

TROUBLED = frozenset(
    {
        DeliveryState.UNKNOWN,
        DeliveryState.PARTIAL,
        DeliveryState.REFUSED,
        DeliveryState.BLOCKED,
        DeliveryState.MISSED,
        DeliveryState.REMOVED,
    }
)
_EXCERPT = 80


def difficulty_at_hand(request: HttpRequest, *, delivery: Delivery) -> Content | None:
    """Only to somebody with a path of their own; to nobody while all goes well."""
    member: Member | None = getattr(request, "member", None)
    if member is None or delivery.state not in TROUBLED or path_of(member) is None:
        return None
    return Content("academy/_difficulty_at_hand.html", {"delivery": delivery})


def what_happened(member: Member, about: str) -> str:
    """The first words of a note about a delivery of this workspace; empty if `about` names none."""
    if not (about.isascii() and about.isdecimal() and len(about) < 19):
        return ""
    found = Delivery.objects.filter(pk=int(about), workspace=member.workspace_id).select_related(
        "post", "channel", "variant"
    )
    for one in found:
        words = (one.post.name if one.post else "") or one.content.text or pgettext("post", "Untitled")
        cut = words if len(words) <= _EXCERPT else f"{words[: _EXCERPT - 1]}…"
        channel = one.channel.display_name or one.channel.handle
        told = {"post": cut, "channel": channel, "state": str(look(one.state).word).lower()}
        return gettext("“%(post)s” on %(channel)s: %(state)s.") % told
    return ""
