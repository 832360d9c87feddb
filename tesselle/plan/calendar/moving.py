"""Moving what is planned: to another day at its hour, to another time, and back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tesselle.domain.errors import RuleError
from tesselle.domain.lifecycle import DeliveryState
from tesselle.domain.messages import N_
from tesselle.domain.reach import OUT_OF_REACH, in_reach
from tesselle.ledger.models import Delivery
from tesselle.plan.services import Slot, move_delivery
from tesselle.workspaces.models import User

_MINUTES = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True)
class Move:
    """From where to where, in the local time of the delivery's own zone."""

    delivery_id: int
    was: datetime
    now: datetime

    def __str__(self) -> str:
        return f"{self.delivery_id}~{self.was:{_MINUTES}}~{self.now:{_MINUTES}}"

    @classmethod
    def read(cls, text: str) -> "Move | None":
        """What `str` wrote; None when it makes no sense."""
        pk, _, rest = text.partition("~")
        was, _, now = rest.partition("~")
        try:
            return cls(int(pk), _local(was), _local(now))
        except ValueError:
            return None


def _local(text: str) -> datetime:
    local = datetime.fromisoformat(text)
    if local.tzinfo is not None:
        raise ValueError(text)
    return local


@transaction.atomic
def move_to_day(deliveries: Iterable[Delivery], day: date, *, by: User) -> list[Move]:
    """Each keeps its hour on its own clock.

    Raises:
        RuleError: the day has passed, no calendar shows it, or none of them can be moved any more; nothing is moved.
    """
    if not in_reach(day):
        raise RuleError(OUT_OF_REACH)
    rows = _waiting(deliveries)
    return _told(
        [
            moved(row, local_of(row) + (day - row.due_at.astimezone(row.workspace.tz).date()), by)
            for row in rows
        ]
    )


@transaction.atomic
def move_to_time(deliveries: Iterable[Delivery], when: datetime, *, by: User) -> list[Move]:
    """All to one local time of the workspace.

    Raises:
        RuleError: as `move_to_day`.
    """
    rows = _waiting(deliveries)
    for row in rows:
        row.zone = row.workspace.zone
    return _told([moved(row, when, by) for row in rows])


@transaction.atomic
def move_back(deliveries: Iterable[Delivery], moves: Iterable[Move], *, by: User) -> int:
    """Undo; what somebody else has moved meanwhile stays where they put it.

    Raises:
        RuleError: the earlier time has passed; nothing is moved.
    """
    told = {move.delivery_id: move for move in moves}
    rows = [row for row in deliveries if row.pk in told and row.state == DeliveryState.PLANNED]
    return sum(
        moved(row, told[row.pk].was, by) is not None for row in rows if local_of(row) == told[row.pk].now
    )


def local_of(delivery: Delivery) -> datetime:
    """What a person planned, on the clock of its zone."""
    if delivery.local_at:
        return datetime.fromisoformat(delivery.local_at).replace(second=0, microsecond=0)
    local = delivery.due_at.astimezone(delivery.workspace.tz)
    return local.replace(tzinfo=None, second=0, microsecond=0)


def _waiting(deliveries: Iterable[Delivery]) -> list[Delivery]:
    return [row for row in deliveries if row.state == DeliveryState.PLANNED]


def _told(moves: list[Move | None]) -> list[Move]:
    done = [move for move in moves if move is not None]
    if not done:
        raise RuleError(_TOO_LATE)
    return done


def moved(delivery: Delivery, local: datetime, by: User) -> Move | None:
    """To a time on its own clock; None when it is too late for that. Raises as `move_delivery`."""
    was = local_of(delivery)
    zone = delivery.zone if delivery.local_at and delivery.zone else delivery.workspace.zone
    if not move_delivery(delivery, slot=Slot(local, zone), by=by):
        return None
    return Move(delivery.pk, was, local)


_TOO_LATE = N_("It is leaving already, or was changed meanwhile. Nothing was moved.")
