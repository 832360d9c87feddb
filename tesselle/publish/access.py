"""One delivery of this member's workspace, with what its page shows, or 404."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from tesselle.connectors.card import Discussed
from tesselle.ledger.models import Delivery, Purpose
from tesselle.web.kept_query import SOME_ID, KeptQuery
from tesselle.workspaces.access import Right, may
from tesselle.workspaces.models import Member


def delivery_of(member: Member, delivery_id: int) -> Delivery:
    """With all that its page shows.

    Raises:
        Http404: not theirs.
        PermissionDenied: it answers a private message, and they may not answer.
    """
    found = _delivery.records({SOME_ID: delivery_id, _WORKSPACE: member.workspace_id})
    if not found:
        raise Http404
    if _is_private(found[0]) and not may(member, Right.ANSWER):
        raise PermissionDenied
    return found[0]


def _is_private(delivery: Delivery) -> bool:
    """Our answer to a message, or a change of it."""
    answers = [
        one for one in (delivery, delivery.subject) if one is not None and one.purpose == Purpose.ANSWER
    ]
    return any((one.target or {}).get("kind") == Discussed.MESSAGES for one in answers)


_WORKSPACE = SOME_ID - 1
_delivery = KeptQuery(
    lambda: Delivery.objects.select_related(
        "workspace", "channel__workspace", "post", "variant__revision", "subject", "created_by"
    ).filter(pk=SOME_ID, workspace_id=_WORKSPACE),
    is_planned_once=True,
)
