"""What became of a post that is being written again."""

from datetime import datetime

from django.http import QueryDict

from tesselle.compose.desk import Desk
from tesselle.domain.lifecycle import DeliveryState
from tesselle.ledger.models import Delivery, Purpose
from tesselle.workspaces.models import Workspace

AWAITING = (DeliveryState.PLANNED, DeliveryState.BLOCKED, DeliveryState.MISSED, DeliveryState.REFUSED)
"""Called off and planned anew from the new words."""

OVER = (DeliveryState.CANCELLED, DeliveryState.REMOVED)


def own_post(form: QueryDict, desk: Desk) -> int:
    """The post that is being written; 0 for a new one. While it is being changed only the form knows."""
    if desk.post is not None:
        return desk.post.pk
    given = form.get("own-post", "")
    return int(given) if given.isdecimal() and len(given) < 18 else 0


def left_already(workspace: Workspace, post_id: int) -> frozenset[int]:
    """The channels on which it is out or under way: planning it again leaves them alone."""
    if not post_id:
        return frozenset()
    rows = Delivery.objects.filter(workspace=workspace, post=post_id, purpose=Purpose.POST)
    latest = dict(rows.order_by("id").values_list("channel_id", "state"))
    return frozenset(pk for pk, state in latest.items() if state not in (*AWAITING, *OVER))


def planned_ahead(workspace: Workspace, post_id: int) -> dict[int, datetime]:
    """When it goes out by the plan as it stands, by channel, the next one first."""
    if not post_id:
        return {}
    rows = Delivery.objects.filter(workspace=workspace, post=post_id, purpose=Purpose.POST)
    ahead = rows.filter(state=DeliveryState.PLANNED, due_at__gt=workspace.now()).order_by("due_at", "id")
    return dict(ahead.values_list("channel_id", "due_at"))
