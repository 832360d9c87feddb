"""When the rules of time zones change, plans stay at their local time: their instants are found anew."""

from datetime import datetime, timedelta

from django.db import transaction

from tesselle.domain.lifecycle import DeliveryState
from tesselle.domain.local_time import resolve, zone_data_version
from tesselle.ledger.models import Delivery, Installation, installation
from tesselle.ledger.services import planning

# A local time is kept to the minute, an instant to the second.
SAME = timedelta(minutes=1)


@transaction.atomic
def follow_zone_data() -> int:
    """Once per release of the zone data; how many plans were moved to another instant."""
    version = zone_data_version()
    if installation().zone_data == version:
        return 0
    moved = sum(_moved(delivery) for delivery in Delivery.objects.filter(state=DeliveryState.PLANNED))
    Installation.objects.filter(id=1).update(zone_data=version)
    return moved


def _moved(delivery: Delivery) -> bool:
    if not delivery.local_at or not delivery.zone:
        return False
    due_at = resolve(datetime.fromisoformat(delivery.local_at), delivery.zone)
    if abs(due_at - delivery.due_at) < SAME:
        return False
    return planning.replan(delivery, due_at=due_at, local_at=delivery.local_at, zone=delivery.zone, by=None)
