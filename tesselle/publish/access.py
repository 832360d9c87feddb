"""One delivery of this member's workspace, with what its page shows, or 404."""

from django.shortcuts import get_object_or_404

from tesselle.ledger.models import Delivery
from tesselle.workspaces.models import Member


def delivery_of(member: Member, delivery_id: int) -> Delivery:
    return get_object_or_404(
        Delivery.objects.select_related(
            "workspace", "channel__workspace", "post", "variant__revision", "subject", "created_by"
        ),
        pk=delivery_id,
        workspace_id=member.workspace_id,
    )
