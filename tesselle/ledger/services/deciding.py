"""A person decides where the product cannot: send now, mark as sent, look again, let it be."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models.functions import Now

from tesselle.domain.lifecycle import AttemptState, DeliveryState
from tesselle.domain.verdicts import Remote
from tesselle.journal.services import record
from tesselle.ledger.models import Attempt, Delivery, Step, installation
from tesselle.ledger.services.actor import signed_by, wake_workers
from tesselle.workspaces.models import User

SENDABLE = (
    DeliveryState.UNKNOWN,
    DeliveryState.MISSED,
    DeliveryState.REFUSED,
    DeliveryState.WAITING,
    DeliveryState.BLOCKED,
    DeliveryState.PARTIAL,
    DeliveryState.PLANNED,
)


@transaction.atomic
def send_now(delivery: Delivery, *, now: datetime, by: User | None) -> bool:
    """Into the queue at once. A doubtful attempt is given up in this person's name first.

    Pressed twice, the second finds nothing to do and returns False.
    """
    signed_by(by)
    before = (
        Delivery.objects.select_for_update().filter(pk=delivery.pk).values_list("note", flat=True).first()
    )
    queued = Delivery.objects.filter(pk=delivery.pk, state__in=SENDABLE).update(
        state=DeliveryState.QUEUED,
        due_at=now,
        next_at=now,
        reason="",
        note={},
        retries=0,
        changed_at=Now(),
    )
    if queued:
        _give_up(delivery, by, not_seen=(before or {}).get("not_seen"))
        wake_workers()
    return queued == 1


def _give_up(delivery: Delivery, by: User | None, *, not_seen: Sequence[int] | None) -> None:
    """What is doubtful, and what was accepted but never seen: the person says it is not there, so
    these steps are to be done anew. Parts that were seen stay done."""
    Attempt.objects.filter(delivery=delivery, state=AttemptState.AMBIGUOUS).update(
        state=AttemptState.GIVEN_UP, given_up_by=by, ended_at=Now()
    )
    unseen = Attempt.objects.filter(
        delivery=delivery, state__in=[AttemptState.ACCEPTED, AttemptState.FOUND], delivery__live_at=None
    ).exclude(delivery__accepted_at=None)
    if not_seen:
        unseen = unseen.filter(step__position__in=not_seen)
    for attempt in unseen:
        Attempt.objects.filter(pk=attempt.pk).update(state=AttemptState.GIVEN_UP, given_up_by=by)
        Step.objects.filter(pk=attempt.step_id).update(remote=None, remote_id="", frozen={})
        _set_late_answers_aside(attempt.step_id)


def _set_late_answers_aside(step_id: int) -> None:
    """A late yes that was believed once must not be believed again by the next attempt."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_attempt SET evidence = evidence - 'late'"
            " || jsonb_build_object('late_given_up', evidence -> 'late')"
            " WHERE step_id = %s AND evidence ? 'late'",
            [step_id],
        )


@transaction.atomic
def seen_to(delivery: Delivery, *, by: User | None) -> bool:
    """The person has looked at both copies and done what had to be done."""
    signed_by(by)
    told = Delivery.objects.filter(pk=delivery.pk, second_copy__isnull=False).update(second_copy=None)
    if told:
        record(
            "delivery.second_copy_seen_to",
            workspace_id=delivery.workspace_id,
            actor_id=None if by is None else by.pk,
            actor_name=str(by or ""),
            subject_kind="delivery",
            subject_id=delivery.pk,
        )
    return told == 1


@transaction.atomic
def mark_as_sent(delivery: Delivery, *, remote: Remote | None, by: User | None, address: str = "") -> bool:
    """The person saw it there. A `remote` is read back like any other; a bare `address` cannot be
    (it holds no id), so it is only kept as the link of something `sent`."""
    signed_by(by)
    state = DeliveryState.SENT if remote is None else DeliveryState.PROCESSING
    kept = remote or (Remote("", address) if address else None)
    done = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.UNKNOWN).update(
        state=state,
        remote=None if kept is None else kept.to_json(),
        accepted_at=Now(),
        next_at=Now() if remote is not None else None,
        reason="seen_by_a_person",
        note={},
        changed_at=Now(),
    )
    if not done:
        return False
    for attempt in Attempt.objects.filter(delivery=delivery, state=AttemptState.AMBIGUOUS):
        Attempt.objects.filter(pk=attempt.pk, state=AttemptState.AMBIGUOUS).update(
            state=AttemptState.FOUND, verdict="seen_by_a_person", given_up_by=by, ended_at=Now()
        )
        if remote is not None:
            Step.objects.filter(pk=attempt.step_id).update(remote=remote.to_json(), remote_id=remote.id)
    wake_workers()
    return True


@transaction.atomic
def look_again(delivery: Delivery, *, by: User | None) -> bool:
    """Ask the network once more about an `unknown` one."""
    signed_by(by)
    has_doubt = Attempt.objects.filter(delivery=delivery, state=AttemptState.AMBIGUOUS).exists()
    state = DeliveryState.SETTLING if has_doubt else DeliveryState.PROCESSING
    done = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.UNKNOWN).update(
        state=state, next_at=Now(), verify_until=None, reason="looking", note={}, changed_at=Now()
    )
    wake_workers()
    return done == 1


@transaction.atomic
def hold(reason: str) -> None:
    """Nothing is claimed any more until `release`. Rows stay as they are."""
    row = installation()
    row.held, row.held_reason, row.held_since = True, reason, Now()
    row.save(update_fields=["held", "held_reason", "held_since"])


@transaction.atomic
def release(by: User | None) -> None:
    signed_by(by)
    row = installation()
    row.held, row.held_reason, row.held_since = False, "", None
    row.save(update_fields=["held", "held_reason", "held_since"])
    wake_workers()
