"""Parts of the draft that a person wrote anew: kept until somebody goes back to the draft."""

import re
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from tesselle.journal.services import record
from tesselle.report.models import WrittenPart
from tesselle.report.scope import Scope, journal_of, kept_under
from tesselle.workspaces.models import User, Workspace

MOST_SIGNS = 5000
_BETWEEN = re.compile(r"\n\s*\n")


def written_parts(workspace: Workspace, scope: Scope) -> Mapping[str, WrittenPart]:
    """By the part's key."""
    found = WrittenPart.objects.filter(workspace=workspace, **kept_under(scope))
    return {one.part: one for one in found}


def paragraphs_of(text: str) -> tuple[str, ...]:
    """What stands between empty lines."""
    parts = _BETWEEN.split(text.replace("\r\n", "\n"))
    return tuple(part.strip() for part in parts if part.strip())


@transaction.atomic
def write_part(workspace: Workspace, scope: Scope, part: str, text: str, *, by: User) -> None:
    WrittenPart.objects.update_or_create(
        workspace=workspace,
        **kept_under(scope),
        part=part,
        defaults={"text": text.strip(), "by": by, "who": str(by), "at": timezone.now()},
    )
    _tell(workspace, scope, "part_written", by)


@transaction.atomic
def back_to_draft(workspace: Workspace, scope: Scope, part: str, *, by: User) -> None:
    gone, _kinds = WrittenPart.objects.filter(workspace=workspace, **kept_under(scope), part=part).delete()
    if gone:
        _tell(workspace, scope, "part_back", by)


def _tell(workspace: Workspace, scope: Scope, verb: str, by: User) -> None:
    named, of = journal_of(scope, verb)
    record(
        named,
        workspace_id=workspace.pk,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=workspace.pk,
        **of,
    )
