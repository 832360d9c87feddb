"""Posts that stay true: proposed again when they have rested, planned in the next fitting slot.

What a network would call the same text twice is kept apart by far: fourteen days at least, and never on a
channel on which the same words stand nearer than that, whoever planned them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q

from tesselle.compose.models import Post
from tesselle.domain.errors import RuleError
from tesselle.domain.lifecycle import DeliveryState
from tesselle.domain.messages import N_, Message
from tesselle.domain.slots import SlotTime, upcoming
from tesselle.journal.services import record
from tesselle.ledger.models import Delivery, Purpose
from tesselle.ledger.services.planning import fingerprint
from tesselle.plan.models import Evergreen, EvergreenTurn
from tesselle.plan.rhythm.repeating import repeat
from tesselle.plan.slots import fitting, slots_of
from tesselle.workspaces.models import User, Workspace

LEAST_DAYS, MOST_DAYS = 14, 730
_OVER = (DeliveryState.CANCELLED, DeliveryState.REFUSED, DeliveryState.MISSED)


@dataclass(frozen=True, slots=True)
class Rested:
    """`last`: when it last went out, or is to; None never. `free_at`: when it may come again."""

    evergreen: Evergreen
    last: datetime | None
    free_at: datetime
    is_due: bool


@transaction.atomic
def mark(post: Post, days: int, *, by: User) -> Evergreen:
    """Or change its rest."""
    kept, _ = Evergreen.objects.update_or_create(post=post, defaults={"every_days": days, "marked_by": by})
    _tell("evergreen.marked", post, by, days=days)
    return kept


@transaction.atomic
def unmark(post: Post, *, by: User) -> int:
    """The days it had, to bring it back; what is planned of it stays planned."""
    row = Evergreen.objects.filter(post=post).first()
    if row is None:
        return 0
    days = row.every_days
    row.delete()
    _tell("evergreen.unmarked", post, by)
    return days


def rested(workspace: Workspace) -> list[Rested]:
    """Those that may come again first, the longest rested at the top."""
    rows = list(
        Evergreen.objects.filter(post__workspace=workspace, post__deleted_at=None)
        .select_related("post__workspace", "post__current", "post__pillar")
        .annotate(
            own=Max("post__deliveries__due_at", filter=_counts("post__deliveries")),
            copies=Max("turns__post__deliveries__due_at", filter=_counts("turns__post__deliveries")),
        )
    )
    now = workspace.now()
    found = [_rested(row, [row.own, row.copies], now) for row in rows]
    return sorted(found, key=lambda one: one.free_at)


def _counts(path: str) -> Q:
    return Q(**{f"{path}__purpose": Purpose.POST}) & ~Q(**{f"{path}__state__in": _OVER})


def _rested(row: Evergreen, times: Iterable[datetime | None], now: datetime) -> Rested:
    last = max((time for time in times if time is not None), default=None)
    free_at = last + timedelta(days=row.every_days) if last else row.marked_at
    return Rested(row, last, free_at, free_at <= now)


def next_time(one: Rested) -> SlotTime | None:
    """The first free slot of its pillar, of whichever of its channels posts first; it is for all of them.
    None: none of them has a fitting one."""
    post = one.evergreen.post
    workspace, now = post.workspace, max(post.workspace.now(), one.free_at)
    ids = _channels(post)
    weekly = {slot.weekly for rows in slots_of(ids).values() for slot in fitting(rows, post.pillar_id or 0)}
    taken = _taken(workspace, ids, now)
    return next(upcoming(weekly, workspace.zone, now, taken), None) if weekly else None


def _channels(post: Post) -> list[int]:
    if post.current is None:
        return []
    return list(post.current.variants.filter(channel__removed_at=None).values_list("channel_id", flat=True))


def _taken(workspace: Workspace, ids: list[int], since: datetime) -> list[datetime]:
    rows = Delivery.objects.filter(workspace=workspace, channel_id__in=ids, due_at__gte=since)
    return list(rows.exclude(state__in=_OVER).values_list("due_at", flat=True))


@transaction.atomic
def again(one: Rested, local: datetime, *, by: User) -> list[Delivery]:
    """A copy of it, planned for that local time.

    Raises:
        RuleError: it has not rested long enough, or the same words stand too near; nothing is planned.
    """
    row = Evergreen.objects.select_for_update().get(pk=one.evergreen.pk)
    post, workspace = one.evergreen.post, one.evergreen.post.workspace
    made = repeat(post, [local], by=by)
    for delivery in made:
        _keep_apart(delivery, timedelta(days=row.every_days), workspace)
    EvergreenTurn.objects.bulk_create(
        EvergreenTurn(evergreen=row, post_id=pk)
        for pk in {delivery.post_id for delivery in made if delivery.post_id}
    )
    return made


def _keep_apart(delivery: Delivery, distance: timedelta, workspace: Workspace) -> None:
    """The same words on the same channel, whoever planned them."""
    near = (
        Delivery.objects.filter(
            channel_id=delivery.channel_id, fingerprint=fingerprint(delivery.content), purpose=Purpose.POST
        )
        .filter(due_at__gt=delivery.due_at - distance, due_at__lt=delivery.due_at + distance)
        .exclude(pk=delivery.pk)
        .exclude(state__in=_OVER)
        .order_by("-due_at")
        .first()
    )
    if near is not None:
        day = near.due_at.astimezone(workspace.tz).date().isoformat()
        raise RuleError(Message(_TOO_NEAR, {"channel": str(delivery.channel), "day": day}))


def _tell(verb: str, post: Post, by: User, **params: int) -> None:
    record(
        verb,
        workspace_id=post.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="post",
        subject_id=post.pk,
        **params,
    )


_TOO_NEAR = N_(
    "The same words stand on %(channel)s on %(day)s, nearer than this post is to rest. Choose a later day."
)
