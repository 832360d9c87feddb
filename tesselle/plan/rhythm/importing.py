"""From rows to posts: planned where they have a day, drafts where they have none; all of it undone as one."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from tesselle.compose.services import Wording, save_post
from tesselle.domain.errors import RuleError
from tesselle.journal.services import record
from tesselle.plan.models import BulkChange
from tesselle.plan.rhythm.rows import Row
from tesselle.plan.services import Slot, plan_post
from tesselle.plan.taking_back import TakenBack, take_back
from tesselle.strategy.aim import Aim
from tesselle.workspaces.models import User, Workspace

LATELY, MOST_LATELY = timedelta(days=7), 5


@transaction.atomic
def import_rows(workspace: Workspace, rows: Sequence[Row], *, by: User) -> BulkChange:
    """All of these rows, or none.

    Raises:
        RuleError: a row became impossible since it was looked at; nothing is imported.
    """
    made = [_made(workspace, row, by) for row in rows]
    change = BulkChange.objects.create(workspace=workspace, made_by=by, undo={"imported": made})
    planned = sum(bool(one["deliveries"]) for one in made)
    _tell("posts.imported", workspace, by, planned=planned, drafts=len(made) - planned)
    return change


def _made(workspace: Workspace, row: Row, by: User) -> dict[str, Any]:
    if not row.is_good:
        raise RuleError(row.problems[0])
    post = save_post(
        workspace=workspace,
        author=by,
        shared=row.content,
        wordings=tuple(Wording(channel) for channel in row.channels),
        aim=Aim(row.pillar.pk if row.pillar else 0, row.campaign.pk if row.campaign else 0),
    )
    if row.when is None:
        return {"post": post.pk, "deliveries": []}
    slot = Slot(row.when, workspace.zone)
    planned = plan_post(post=post, slots={channel.pk: slot for channel in row.channels}, by=by)
    return {"post": post.pk, "deliveries": [delivery.pk for delivery in planned]}


def made_by(change: BulkChange) -> Mapping[int, Sequence[int]]:
    """The posts that an import made, each with its deliveries; of a draft: none."""
    return {one["post"]: one["deliveries"] for one in change.undo.get("imported", ())}


def imported_lately(workspace: Workspace) -> list[BulkChange]:
    """What can still be undone after its toast is gone, the newest first."""
    since = timezone.now() - LATELY
    rows = BulkChange.objects.filter(
        workspace=workspace, undo__has_key="imported", undone_at=None, made_at__gte=since
    )
    return list(rows.select_related("made_by").order_by("-made_at", "-pk")[:MOST_LATELY])


@transaction.atomic
def undo_import(change: BulkChange, *, by: User) -> TakenBack:
    """See `take_back`; what it did stands in the journal."""
    done = take_back(change, made_by(change), by=by)
    if done.gone or done.kept:
        _tell("posts.import_undone", change.workspace, by, gone=done.gone, kept=done.kept)
    return done


def _tell(verb: str, workspace: Workspace, by: User, **params: int) -> None:
    record(
        verb,
        workspace_id=workspace.pk,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=workspace.pk,
        **params,
    )
