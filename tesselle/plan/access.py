"""Deliveries of this member's workspace, or 404."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from tesselle.ledger.models import Delivery
from tesselle.workspaces.models import Member


def delivery_of(member: Member, delivery_id: int) -> Delivery:
    return get_object_or_404(
        Delivery.objects.select_related("channel", "workspace", "post"),
        pk=delivery_id,
        workspace_id=member.workspace_id,
    )


def deliveries_of(member: Member, ids: list[int]) -> QuerySet[Delivery]:
    """Those of the ids that belong here, in the order they were planned; strangers are left out."""
    return (
        Delivery.objects.filter(workspace_id=member.workspace_id, pk__in=ids)
        .select_related("workspace")
        .order_by("due_at", "id")
    )
