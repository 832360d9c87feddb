"""Deliveries of this member's workspace."""

from django.db.models import QuerySet

from tesselle.ledger.models import Delivery
from tesselle.workspaces.models import Member


def deliveries_of(member: Member, ids: list[int]) -> QuerySet[Delivery]:
    """Those of the ids that belong here, in the order they were planned; strangers are left out."""
    return (
        Delivery.objects.filter(workspace_id=member.workspace_id, pk__in=ids)
        .select_related("workspace")
        .order_by("due_at", "id")
    )
