"""Accepting a suggestion, undoing that, and turning one down."""

from datetime import timedelta

from django.db import transaction

from tesselle.adapt import mixing
from tesselle.adapt.models import Decision, Suggestion
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.journal.services import record
from tesselle.plan.models import PostingSlot
from tesselle.plan.slots import add_slots, remove_slot
from tesselle.workspaces.models import User

REVIEW_AFTER = timedelta(weeks=8)
"""Ten posts at one a week, and a week until the last of them has its figures: sooner, nobody knows."""


@transaction.atomic
def accept(suggestion: Suggestion, *, by: User) -> Decision:
    """Changes posting times, meant shares or rhythms where it speaks of them; pressed twice it changes
    them once.

    Raises:
        RuleError: it was turned down or overtaken, or a channel would have too many posting times.
    """
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    known = Decision.objects.filter(suggestion=suggestion).first()
    if known is not None and known.undone_at is None:
        return known
    if suggestion.state not in (Suggestion.State.OPEN, Suggestion.State.ACCEPTED):
        raise RuleError(Message(_GONE))
    _change_slots(suggestion, by=by)
    before = mixing.apply(suggestion)
    suggestion.state = Suggestion.State.ACCEPTED
    suggestion.save(update_fields=["state"])
    now = suggestion.workspace.now()
    decision, _made = Decision.objects.update_or_create(
        suggestion=suggestion,
        defaults={
            "workspace": suggestion.workspace,
            "decided_at": now,
            "decided_by": by,
            "review_on": (now + REVIEW_AFTER).astimezone(suggestion.workspace.tz).date(),
            "undone_at": None,
            "before": before,
        },
    )
    _tell("decision.taken", suggestion, by)
    return decision


def _change_slots(suggestion: Suggestion, *, by: User) -> None:
    if suggestion.channel is None or suggestion.added is None:
        return
    dropped = suggestion.dropped
    if dropped is not None:
        there = PostingSlot.objects.filter(
            channel=suggestion.channel, weekday=dropped.weekday, at=dropped.at
        ).first()
        if there is not None:
            remove_slot(there, by=by)
    add_slots(suggestion.channel, [suggestion.added], by=by)


@transaction.atomic
def undo(decision: Decision, *, by: User) -> None:
    """Posting times, shares and rhythms as they were before; the suggestion is open again. Judged ones stay."""
    decision = (
        Decision.objects.select_for_update(of=("self",))
        .select_related("suggestion__channel")
        .get(pk=decision.pk)
    )
    if decision.undone_at is not None or decision.verdict:
        return
    suggestion = decision.suggestion
    added, dropped = suggestion.added, suggestion.dropped
    if suggestion.channel is not None and added is not None:
        there = PostingSlot.objects.filter(
            channel=suggestion.channel, weekday=added.weekday, at=added.at
        ).first()
        if there is not None:
            remove_slot(there, by=by)
        if dropped is not None:
            add_slots(suggestion.channel, [dropped], by=by)
    mixing.restore(suggestion, decision.before)
    decision.undone_at = decision.workspace.now()
    decision.save(update_fields=["undone_at"])
    Suggestion.objects.filter(pk=suggestion.pk).update(state=Suggestion.State.OPEN)
    _tell("decision.undone", suggestion, by)


@transaction.atomic
def dismiss(suggestion: Suggestion, *, by: User) -> None:
    changed = Suggestion.objects.filter(pk=suggestion.pk, state=Suggestion.State.OPEN).update(
        state=Suggestion.State.DISMISSED
    )
    if changed:
        _tell("suggestion.dismissed", suggestion, by)


def _tell(verb: str, suggestion: Suggestion, by: User) -> None:
    record(
        verb,
        workspace_id=suggestion.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="channel" if suggestion.channel_id else "workspace",
        subject_id=suggestion.channel_id or suggestion.workspace_id,
    )


_GONE = N_(
    "This suggestion no longer stands: it was turned down, or newer figures do not say so. "
    "Nothing was changed. Look at the current suggestions."
)
