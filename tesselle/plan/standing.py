"""What became of a post that is being written again."""

from datetime import datetime

from django.http import QueryDict

from tesselle.compose.desk import Desk
from tesselle.domain.lifecycle import DeliveryState
from tesselle.ledger.models import Delivery, Purpose
from tesselle.web.kept_query import ANOTHER_ID, SOME_ID, KeptQuery

AWAITING = (DeliveryState.PLANNED, DeliveryState.BLOCKED, DeliveryState.MISSED, DeliveryState.REFUSED)
"""Called off and planned anew from the new words."""

OVER = (DeliveryState.CANCELLED, DeliveryState.REMOVED)


def own_post(form: QueryDict, desk: Desk) -> int:
    """The post that is being written; 0 for a new one. While it is being changed only the form knows."""
    if desk.post is not None:
        return desk.post.pk
    given = form.get("own-post", "")
    return int(given) if given.isdecimal() and len(given) < 18 else 0


def left_already(desk: Desk, post_id: int) -> frozenset[int]:
    """The channels on which it is out or under way: planning it again leaves them alone."""
    if not post_id:
        return frozenset()
    latest = {channel: state for channel, state, _due in _deliveries(desk, post_id)}
    return frozenset(pk for pk, state in latest.items() if state not in (*AWAITING, *OVER))


def planned_ahead(desk: Desk, post_id: int) -> dict[int, datetime]:
    """When it goes out by the plan as it stands, by channel, the next one first."""
    if not post_id:
        return {}
    now = desk.workspace.now()
    ahead = sorted(
        (due_at, channel)
        for channel, state, due_at in _deliveries(desk, post_id)
        if state == DeliveryState.PLANNED and due_at > now
    )
    return {channel: due_at for due_at, channel in ahead}


def _deliveries(desk: Desk, post_id: int) -> list[tuple[int, str, datetime]]:
    """Channel, state and hour of each, the last planned at the end."""
    found: list[tuple[int, str, datetime]] | None = desk.asked.get((_deliveries, post_id))
    if found is None:
        rows = _rows.rows({SOME_ID: post_id, _IN: desk.workspace.pk})
        found = [(channel, state, due_at) for channel, state, due_at in rows]
        desk.asked[_deliveries, post_id] = found
    return found


_IN = ANOTHER_ID
_rows = KeptQuery(
    lambda: (
        Delivery.objects.filter(workspace=_IN, post=SOME_ID, purpose=Purpose.POST)
        .order_by("id")
        .values_list("channel_id", "state", "due_at")
    ),
    is_planned_once=True,
)
