"""Planning many drafts at once: a proposal that can be changed, and then carried out row by row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from tesselle.compose.models import Post
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.domain.spread import Waiting, days_on, mixed
from tesselle.ledger.models import Delivery
from tesselle.plan.services import Slot, plan_post
from tesselle.strategy.models import Pillar
from tesselle.workspaces.models import User, Workspace

AT_MOST = 100


@dataclass(frozen=True, slots=True)
class Wish:
    """Where drafts are to go. `by_mix`: subjects alternate as the pillars' shares say."""

    first: date
    weeks: int
    weekdays: frozenset[int]
    at: time
    by_mix: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """`when` None: no day was left for it."""

    post: Post
    when: datetime | None


def drafts_of(workspace: Workspace) -> list[Post]:
    """What could be planned, the oldest first: it has waited longest."""
    posts = Post.objects.filter(workspace=workspace, planned=False, deleted_at=None)
    return list(
        posts.select_related("pillar", "current")
        .prefetch_related("current__variants__channel")
        .order_by("created_at", "id")[:AT_MOST]
    )


def propose(workspace: Workspace, posts: Sequence[Post], wish: Wish) -> list[Proposal]:
    """One a day, in the order of the mix or as they stand."""
    by_id = {post.pk: post for post in posts}
    waiting = [Waiting(post.pk, post.pillar_id or 0) for post in posts]
    ordered = mixed(waiting, _shares(workspace)) if wish.by_mix else waiting
    now = workspace.now().astimezone(workspace.tz).replace(tzinfo=None)
    days = [
        local
        for day in days_on(wish.first, wish.weekdays, wish.weeks)
        if (local := datetime.combine(day, wish.at)) > now
    ]
    free = [*days, *([None] * len(ordered))]
    return [Proposal(by_id[one.id], when) for one, when in zip(ordered, free, strict=False)]


def _shares(workspace: Workspace) -> Mapping[int, float]:
    rows = Pillar.objects.filter(workspace=workspace).values_list("id", "target_percent")
    return {pk: float(share) for pk, share in rows if share}


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of each row: how many deliveries were planned, and what stood in the way of others."""

    deliveries: tuple[Delivery, ...]
    refused: Mapping[int, RuleError]


def carry_out(workspace: Workspace, chosen: Iterable[tuple[Post, datetime]], *, by: User) -> Carried:
    """Each row for itself: one that a network would refuse keeps none of the others back."""
    planned: list[Delivery] = []
    refused: dict[int, RuleError] = {}
    for post, when in chosen:
        try:
            planned += _one(workspace, post, when, by)
        except RuleError as error:
            refused[post.pk] = error
    return Carried(tuple(planned), refused)


@transaction.atomic
def _one(workspace: Workspace, post: Post, when: datetime, by: User) -> list[Delivery]:
    locked = (
        Post.objects.select_for_update(of=("self",)).select_related("workspace", "current").get(pk=post.pk)
    )
    if locked.deliveries.exists():
        raise RuleError(_PLANNED_MEANWHILE)
    ids = list(locked.current.variants.values_list("channel_id", flat=True)) if locked.current else []
    if not ids:
        raise RuleError(Message(_NO_CHANNEL))
    return plan_post(post=locked, slots=dict.fromkeys(ids, Slot(when, workspace.zone)), by=by)


_NO_CHANNEL = N_("No channel is chosen on this draft. Open it, choose one, then plan it.")
_PLANNED_MEANWHILE = N_("Somebody planned this post meanwhile. It stays as it is.")
