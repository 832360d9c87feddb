"""From rows to posts: planned where they have a day, drafts where they have none."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from tesselle.compose.services import Wording, save_post
from tesselle.domain.errors import RuleError
from tesselle.journal.services import record
from tesselle.plan.rhythm.rows import Row
from tesselle.plan.services import Slot, plan_post
from tesselle.strategy.aim import Aim
from tesselle.workspaces.models import User, Workspace


@dataclass(frozen=True, slots=True)
class Imported:
    planned: int
    drafts: int


@transaction.atomic
def import_rows(workspace: Workspace, rows: Sequence[Row], *, by: User) -> Imported:
    """All of these rows, or none.

    Raises:
        RuleError: a row became impossible since it was looked at; nothing is imported.
    """
    planned = drafts = 0
    for row in rows:
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
            drafts += 1
            continue
        slot = Slot(row.when, workspace.zone)
        plan_post(post=post, slots={channel.pk: slot for channel in row.channels}, by=by)
        planned += 1
    record(
        "posts.imported",
        workspace_id=workspace.pk,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=workspace.pk,
        planned=planned,
        drafts=drafts,
    )
    return Imported(planned, drafts)
