"""Deliveries come to be, move with the post's revisions, are called off and taken up again."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from tesselle.channels.models import Channel
from tesselle.compose.models import Revision, Variant
from tesselle.domain.content import Content
from tesselle.domain.lifecycle import CANCELLABLE, DeliveryState
from tesselle.domain.verdicts import BlockReason
from tesselle.journal.services import record
from tesselle.ledger.models import Attempt, Delivery, Purpose
from tesselle.ledger.services.actor import signed_by, wake_workers
from tesselle.ledger.services.calls import calls_of
from tesselle.ledger.signals import delivery_planned
from tesselle.workspaces.models import User

MOVABLE = (
    DeliveryState.PLANNED,
    DeliveryState.BLOCKED,
    DeliveryState.MISSED,
    DeliveryState.REFUSED,
    DeliveryState.QUEUED,
)


def fingerprint(content: Content) -> str:
    """The same words with the same media on the same channel have the same fingerprint."""
    parts = [*content.texts, content.title, content.link, *(media.asset for media in content.media)]
    return hashlib.sha256("\x1f".join(part.strip() for part in parts).encode()).hexdigest()


@transaction.atomic
def plan_delivery(
    *, variant: Variant, due_at: datetime, local_at: str, zone: str, by: User | None
) -> Delivery:
    """One variant is to go out at one instant (aware, UTC; the workspace's time)."""
    delivery = Delivery.objects.create(
        workspace_id=variant.channel.workspace_id,
        channel=variant.channel,
        post_id=variant.revision.post_id,
        variant=variant,
        due_at=due_at,
        next_at=due_at,
        local_at=local_at,
        zone=zone,
        fingerprint=fingerprint(variant.content),
        calls=calls_of(variant.channel, Purpose.POST, variant.content),
        created_by=by,
    )
    _tell("delivery.planned_for", delivery, by, local_at, zone)
    delivery_planned.send(sender=Delivery, delivery=delivery)
    wake_workers()
    return delivery


def _tell(verb: str, delivery: Delivery, by: User | None, local_at: str, zone: str) -> None:
    """The database itself tells of changed states; a first plan and another time are none."""
    record(
        verb,
        workspace_id=delivery.workspace_id,
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else "",
        subject_kind="delivery",
        subject_id=delivery.pk,
        at=f"{local_at.replace('T', ' ')} ({zone})"
        if local_at
        else f"{delivery.due_at:%Y-%m-%d %H:%M} (UTC)",
    )


@transaction.atomic
def plan_act(
    *,
    channel: Channel,
    subject: Delivery | None,
    purpose: Purpose,
    target: dict[str, Any] | Sequence[dict[str, Any] | None],
    content: Content | None,
    now: datetime,
    by: User | None,
) -> Delivery:
    """An answer, an edit or a deletion, to be done at once. `subject`: what it concerns; None for an answer to
    what was written to the whole account. `target`: see `Delivery`."""
    touched = target if isinstance(target, dict) else list(target)
    delivery = Delivery.objects.create(
        workspace_id=channel.workspace_id,
        channel=channel,
        post_id=subject.post_id if subject is not None else None,
        purpose=purpose,
        subject=subject,
        target=touched,
        body=(content or Content()).to_json(),
        calls=calls_of(channel, purpose, content or Content(), touched),
        due_at=now,
        next_at=now,
        fingerprint=fingerprint(content or Content()) if purpose == Purpose.ANSWER else "",
        created_by=by,
    )
    wake_workers()
    return delivery


def follow_revision(revision: Revision) -> int:
    """`planned` deliveries of the post move to its new revision, and those that wait for a yes: it will be
    said of the new words. A queued one does not."""
    waits = Q(state=DeliveryState.PLANNED) | Q(
        state=DeliveryState.BLOCKED, reason=BlockReason.APPROVAL, steps__isnull=True
    )
    moved = 0
    for variant in revision.variants.select_related("channel"):
        moved += Delivery.objects.filter(
            waits,
            post_id=revision.post_id,
            channel_id=variant.channel_id,
            purpose=Purpose.POST,
        ).update(
            variant=variant,
            fingerprint=fingerprint(variant.content),
            calls=calls_of(variant.channel, Purpose.POST, variant.content),
            changed_at=Now(),
        )
    return moved


@transaction.atomic
def replan(delivery: Delivery, *, due_at: datetime, local_at: str, zone: str, by: User | None) -> bool:
    """Move a delivery that has not left to another instant; False when it is too late for that."""
    signed_by(by)
    moved = (
        Delivery.objects.filter(pk=delivery.pk, state__in=MOVABLE)
        .exclude(steps__remote__isnull=False)
        .update(
            state=DeliveryState.PLANNED,
            due_at=due_at,
            next_at=due_at,
            local_at=local_at,
            zone=zone,
            reason="",
            note={},
            retries=0,
            changed_at=Now(),
        )
    )
    if moved:
        _tell("delivery.moved", delivery, by, local_at, zone)
    wake_workers()
    return moved == 1


@transaction.atomic
def cancel(deliveries: Iterable[Delivery], *, by: User | None) -> int:
    """Call off what has not left. While sending, possible until the attempt's row says `sending`."""
    signed_by(by)
    ids = [delivery.pk for delivery in deliveries]
    locked = Delivery.objects.select_for_update().filter(pk__in=ids, state__in=CANCELLABLE)
    leaving = Attempt.objects.filter(
        delivery_id__in=list(locked.values_list("pk", flat=True)), state="sending"
    ).values_list("delivery_id", flat=True)
    return (
        Delivery.objects.filter(pk__in=ids, state__in=CANCELLABLE)
        .exclude(pk__in=list(leaving))
        .update(
            state=DeliveryState.CANCELLED,
            next_at=None,
            token=None,
            worker_id=None,
            reason="",
            note={},
            changed_at=Now(),
        )
    )


@transaction.atomic
def take_up_again(delivery: Delivery, *, by: User | None) -> bool:
    """Undo a cancellation, if the instant still lies ahead or is only just past."""
    signed_by(by)
    done = Delivery.objects.filter(Q(pk=delivery.pk), state=DeliveryState.CANCELLED).update(
        state=DeliveryState.PLANNED, next_at=F("due_at"), changed_at=Now()
    )
    wake_workers()
    return done == 1
