"""Parts of the draft that a person wrote anew: kept until somebody goes back to the draft."""

import re
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from tesselle.journal.services import record
from tesselle.report.models import WrittenPart
from tesselle.report.month import Month
from tesselle.workspaces.models import User, Workspace

MOST_SIGNS = 5000
_BETWEEN = re.compile(r"\n\s*\n")


def written_parts(workspace: Workspace, month: Month) -> Mapping[str, WrittenPart]:
    """By the part's key."""
    found = WrittenPart.objects.filter(workspace=workspace, month=month.first)
    return {one.part: one for one in found}


def paragraphs_of(text: str) -> tuple[str, ...]:
    """What stands between empty lines."""
    parts = _BETWEEN.split(text.replace("\r\n", "\n"))
    return tuple(part.strip() for part in parts if part.strip())


@transaction.atomic
def write_part(workspace: Workspace, month: Month, part: str, text: str, *, by: User) -> None:
    WrittenPart.objects.update_or_create(
        workspace=workspace,
        month=month.first,
        part=part,
        defaults={"text": text.strip(), "by": by, "who": str(by), "at": timezone.now()},
    )
    _tell(workspace, month, "report.part_written", by)


@transaction.atomic
def back_to_draft(workspace: Workspace, month: Month, part: str, *, by: User) -> None:
    gone, _kinds = WrittenPart.objects.filter(workspace=workspace, month=month.first, part=part).delete()
    if gone:
        _tell(workspace, month, "report.part_back", by)


def _tell(workspace: Workspace, month: Month, verb: str, by: User) -> None:
    record(
        verb,
        workspace_id=workspace.pk,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=workspace.pk,
        month=month.key,
    )
