"""Posting slots kept, offered and filled."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django.db import transaction

from tesselle.channels.models import Channel
from tesselle.domain.errors import RuleError
from tesselle.domain.lifecycle import DeliveryState
from tesselle.domain.messages import N_, Message
from tesselle.domain.slots import SlotTime, WeeklySlot, next_free
from tesselle.journal.services import record
from tesselle.ledger.models import Delivery, Purpose
from tesselle.plan.models import PostingSlot
from tesselle.strategy.models import Pillar
from tesselle.workspaces.models import User, Workspace

OFFERED = (WeeklySlot(1, time(12, 15)), WeeklySlot(3, time(12, 15)), WeeklySlot(5, time(9, 0)))
"""A quiet beginning, taken from nobody's study: own figures will say more. Offered, never imposed."""

MOST_PER_CHANNEL = 60
_OPEN = (DeliveryState.CANCELLED, DeliveryState.REMOVED, DeliveryState.REFUSED, DeliveryState.MISSED)


def slots_of(channel_ids: Iterable[int]) -> dict[int, list[PostingSlot]]:
    """By channel; a channel without slots is not in it."""
    found: dict[int, list[PostingSlot]] = {}
    for slot in PostingSlot.objects.filter(channel_id__in=list(channel_ids)).select_related("pillar"):
        found.setdefault(slot.channel_id, []).append(slot)
    return found


def fitting(slots: Iterable[PostingSlot], pillar_id: int) -> list[PostingSlot]:
    """Those of the pillar; where it has none, those that belong to no pillar."""
    every = list(slots)
    own = [slot for slot in every if pillar_id and slot.pillar_id == pillar_id]
    return own or [slot for slot in every if slot.pillar_id is None]


def next_slots(
    workspace: Workspace, channel_ids: Sequence[int], *, pillar_id: int | None = 0
) -> Mapping[int, SlotTime]:
    """The next free slot of each channel that has fitting ones; None: whatever its pillar."""
    now, known = workspace.now(), slots_of(channel_ids)
    slots = {pk: rows if pillar_id is None else fitting(rows, pillar_id) for pk, rows in known.items()}
    taken = taken_times(workspace, list(slots), now) if slots else {}
    found = {
        pk: next_free([slot.weekly for slot in weekly], workspace.zone, now, taken.get(pk, ()))
        for pk, weekly in slots.items()
    }
    return {pk: slot for pk, slot in found.items() if slot is not None}


def taken_times(workspace: Workspace, channel_ids: list[int], now: datetime) -> dict[int, list[datetime]]:
    """A slot is taken while something is planned in it, or has gone out in it."""
    rows = (
        Delivery.objects.filter(
            workspace=workspace, channel_id__in=channel_ids, purpose=Purpose.POST, due_at__gte=now
        )
        .exclude(state__in=_OPEN)
        .values_list("channel_id", "due_at")
    )
    taken: dict[int, list[datetime]] = {}
    for pk, due_at in rows:
        taken.setdefault(pk, []).append(due_at)
    return taken


@transaction.atomic
def add_slots(
    channel: Channel, slots: Iterable[WeeklySlot], *, by: User, pillar: Pillar | None = None
) -> list[PostingSlot]:
    """Those that are not there yet.

    Raises:
        RuleError: more than a channel can sensibly have.
    """
    wanted = set(slots)
    Channel.objects.select_for_update().get(pk=channel.pk)
    there = {slot.weekly for slot in PostingSlot.objects.filter(channel=channel)}
    fresh = sorted(wanted - there)
    if len(there) + len(fresh) > MOST_PER_CHANNEL:
        raise RuleError(Message(_TOO_MANY, {"limit": MOST_PER_CHANNEL}))
    made = PostingSlot.objects.bulk_create(
        PostingSlot(channel=channel, weekday=slot.weekday, at=slot.at, pillar=pillar) for slot in fresh
    )
    if made:
        _tell("slots.added", channel, by, count=len(made))
    return made


@transaction.atomic
def remove_slot(slot: PostingSlot, *, by: User) -> None:
    """What is planned in it stays planned."""
    _tell("slots.removed", slot.channel, by, weekday=slot.weekday, at=f"{slot.at:%H:%M}")
    slot.delete()


def _tell(verb: str, channel: Channel, by: User, **params: Any) -> None:
    record(
        verb,
        workspace_id=channel.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="channel",
        subject_id=channel.pk,
        **params,
    )


_TOO_MANY = N_("A channel can have %(limit)s posting times at most. Remove some first.")
