"""Deliveries and reminders of this member's workspace."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from tesselle.ledger.models import Delivery
from tesselle.plan.models import ByHand
from tesselle.workspaces.models import Member


def deliveries_of(member: Member, ids: list[int]) -> QuerySet[Delivery]:
    """Those of the ids that belong here, in the order they were planned, with what moving them asks for; strangers
    are left out."""
    return (
        Delivery.objects.filter(workspace_id=member.workspace_id, pk__in=ids)
        .select_related("workspace", "channel", "variant")
        .order_by("due_at", "id")
    )


def by_hand_of(member: Member, by_hand_id: int) -> ByHand:
    """Raises Http404."""
    return get_object_or_404(
        ByHand.objects.select_related("post__current", "post__workspace", "workspace", "who", "done_by"),
        pk=by_hand_id,
        workspace_id=member.workspace_id,
        post__deleted_at=None,
    )
