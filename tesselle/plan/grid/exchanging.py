"""Two planned posts of one channel exchange their times; what other channels get of them stays where it is."""

from collections.abc import Sequence

from django.db import transaction

from tesselle.domain.errors import RuleError
from tesselle.domain.lifecycle import DeliveryState
from tesselle.domain.messages import N_
from tesselle.ledger.models import Delivery
from tesselle.plan.calendar.moving import Move, local_of
from tesselle.plan.services import Slot, move_delivery
from tesselle.workspaces.models import User


@transaction.atomic
def exchange(pair: Sequence[Delivery], *, by: User) -> list[Move]:
    """Each takes the other's local time, and its zone.

    Raises:
        RuleError: not two that are planned on one channel, or a time has passed; nothing is moved.
    """
    if len(pair) != 2 or any(one.state != DeliveryState.PLANNED for one in pair):
        raise RuleError(_NOT_TWO)
    one, other = pair
    if one.channel_id != other.channel_id:
        raise RuleError(_NOT_TWO)
    slots = [Slot(local_of(each), each.zone or each.workspace.zone) for each in (other, one)]
    moves = [Move(each.pk, local_of(each), slot.local) for each, slot in zip(pair, slots, strict=True)]
    for each, slot in zip(pair, slots, strict=True):
        if not move_delivery(each, slot=slot, by=by):
            raise RuleError(_NOT_TWO)
    return moves


_NOT_TWO = N_("One of the two is leaving already, or was changed meanwhile. Nothing was exchanged.")
