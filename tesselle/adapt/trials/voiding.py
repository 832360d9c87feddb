"""Pairs that were not published as planned: voided before anyone looks at their figures."""

from datetime import datetime, timedelta

from tesselle.adapt.models import Experiment, Pair
from tesselle.adapt.trials.services import is_of_arm
from tesselle.domain.formats import format_of
from tesselle.domain.lifecycle import DeliveryState
from tesselle.ledger.models import Delivery

LATE = timedelta(minutes=60)
"""A post that leaves so much later than planned was posted at another time."""

NEVER = frozenset(
    {DeliveryState.CANCELLED, DeliveryState.REFUSED, DeliveryState.MISSED, DeliveryState.REMOVED}
)


def void_broken(experiment: Experiment, now: datetime) -> int:
    """Decides by how the posts went out alone; reads no figure. How many were voided."""
    count = 0
    for pair in experiment.pairs.filter(void="", looked_at=None).exclude(due_a=None):
        reason = why_void(pair)
        if reason is not None:
            pair.void, pair.voided_at = reason, now
            pair.save(update_fields=["void", "voided_at"])
            count += 1
    return count


def why_void(pair: Pair) -> Pair.Void | None:
    for arm, delivery, due in (("a", pair.delivery_a, pair.due_a), ("b", pair.delivery_b, pair.due_b)):
        if delivery is None or due is None:
            return Pair.Void.NOT_OUT
        found = _why(pair.experiment, arm, delivery, due)
        if found is not None:
            return found
    return None


def _why(experiment: Experiment, arm: str, delivery: Delivery, due: datetime) -> Pair.Void | None:
    # What was taken down after it had been out counts: its figures were there to be seen.
    if delivery.state in NEVER and delivery.live_at is None:
        return Pair.Void.NOT_OUT
    if delivery.due_at != due or (delivery.live_at is not None and delivery.live_at - due > LATE):
        return Pair.Void.MOVED
    if not is_of_arm(experiment, arm, format_of(delivery.content)):
        return Pair.Void.CHANGED
    return None
