"""From the page to posts: each row for itself, planned or kept as a draft; all of it undone as one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import QueryDict

from tesselle.compose.desk import Desk
from tesselle.compose.models import Post
from tesselle.compose.saving import save_desk
from tesselle.domain.errors import RuleError
from tesselle.domain.findings import Severity
from tesselle.domain.messages import N_, Message
from tesselle.journal.services import record
from tesselle.ledger.models import Delivery
from tesselle.plan import taking_back
from tesselle.plan.models import BulkChange
from tesselle.plan.pictures.batch import Batch, Row
from tesselle.plan.services import Slot, plan_post
from tesselle.workspaces.models import Member, User, Workspace


@dataclass(frozen=True, slots=True)
class Became:
    """`why`: what kept it from being planned."""

    asset: int
    post: int
    deliveries: tuple[int, ...]
    why: tuple[Mapping[str, Any], ...]

    def to_json(self) -> dict[str, Any]:
        deliveries, why = list(self.deliveries), [dict(one) for one in self.why]
        return {"asset": self.asset, "post": self.post, "deliveries": deliveries, "why": why}


@transaction.atomic
def carry_out(batch: Batch, typed: QueryDict, *, member: Member, may_plan: bool) -> BulkChange:
    """Sent twice (a double click, a page gone back to), it is carried out once; after an undo, anew."""
    Member.objects.select_for_update().get(pk=member.pk)
    before = carried_out(batch.workspace, batch.once)
    if before is not None:
        return before
    became = [_one(batch, row, may_plan, member.user) for row in batch.rows]
    change = BulkChange.objects.create(
        workspace=batch.workspace,
        made_by=member.user,
        undo={
            "pictures": [one.to_json() for one in became],
            "typed": [without_session(typed).urlencode()],
            "once": [batch.once],
        },
    )
    planned = sum(bool(one.deliveries) for one in became)
    _tell("pictures.planned", batch.workspace, member.user, planned=planned, drafts=len(became) - planned)
    return change


def without_session(typed: QueryDict) -> QueryDict:
    """A token that guards a form stands in no table, and in no backup."""
    kept = typed.copy()
    kept.pop("csrfmiddlewaretoken", None)
    return kept


def carried_out(workspace: Workspace, once: str) -> BulkChange | None:
    if not once:
        return None
    return BulkChange.objects.filter(workspace=workspace, undo__once=[once], undone_at=None).first()


def _one(batch: Batch, row: Row, may_plan: bool, by: User) -> Became:
    desk = batch.desk_of(row)
    post = save_desk(desk, by=by)
    made: list[Delivery] = []
    why = list(_lacks(row, desk, may_plan))
    if not why:
        try:
            with transaction.atomic():
                slots = {place.channel.pk: _slot(row, batch.workspace) for place in desk.chosen}
                made = plan_post(post=post, slots=slots, by=by)
        except RuleError as refused:
            why = list(problems(desk)) or [refused.message, *(one.message for one in refused.findings)]
    told = tuple({"sentence": one.sentence, "params": dict(one.params)} for one in why)
    return Became(row.asset.pk, post.pk, tuple(delivery.pk for delivery in made), told)


def _slot(row: Row, workspace: Workspace) -> Slot:
    assert row.local is not None
    return Slot(row.local, workspace.zone)


def _lacks(row: Row, desk: Desk, may_plan: bool) -> Iterator[Message]:
    if not may_plan:
        yield Message(_NO_RIGHT)
    elif row.local is None:
        yield Message(_NO_TIME)
    elif not desk.chosen:
        yield Message(_NO_CHANNEL)


def problems(desk: Desk, *, only_people: bool = False) -> Iterator[Message]:
    """What the networks would refuse, and whoever is on the picture: each channel with its reasons, and a
    reason that several have once."""
    told: set[str] = set()
    for place in desk.chosen:
        errors = [one for one in desk.findings(place) if one.severity is Severity.ERROR]
        if only_people:
            errors = [one for one in errors if one.code.startswith("consent_")]
        fresh = [one for one in errors if str(one.message) not in told]
        told |= {str(one.message) for one in errors}
        if any(not one.code.startswith("consent_") for one in fresh):
            yield Message(_WOULD_BE_REFUSED, {"channel": place.channel.display_name or place.channel.handle})
        for one in fresh:
            yield one.message
            yield one.cure


def take_back(change: BulkChange, *, by: User) -> int:
    """How many posts are gone; 0 when it was undone already."""
    made = {one.post: one.deliveries for one in became(change)}
    return taking_back.take_back(change, made, by=by).gone


def became(change: BulkChange) -> list[Became]:
    return [
        Became(row["asset"], row["post"], tuple(row["deliveries"]), tuple(row["why"]))
        for row in change.undo.get("pictures", ())
    ]


def came_back(change: BulkChange) -> frozenset[int]:
    """The pictures whose post an undo took away again."""
    gone = Post.objects.filter(workspace=change.workspace, deleted_at__isnull=False)
    posts = {one.post: one.asset for one in became(change)}
    return frozenset(posts[pk] for pk in gone.filter(pk__in=posts).values_list("pk", flat=True))


def typed(change: BulkChange) -> QueryDict:
    return QueryDict(next(iter(change.undo.get("typed", ())), ""))


def _tell(verb: str, workspace: Workspace, by: User, **params: Any) -> None:
    record(
        verb,
        workspace_id=workspace.pk,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=workspace.pk,
        **params,
    )


_NO_RIGHT = N_("You write and somebody else plans: it waits among the drafts.")
_NO_TIME = N_("It has no time, so it waits among the drafts.")
_NO_CHANNEL = N_("No channel is chosen for it.")
_WOULD_BE_REFUSED = N_("%(channel)s would refuse it as it is:")
