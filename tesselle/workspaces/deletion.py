"""What is deleted for good, long enough after somebody said so."""

from datetime import datetime, timedelta

from django.db import transaction
from django.dispatch import Signal

from tesselle.journal.services import record
from tesselle.workspaces.models import Workspace

purging = Signal()
"""Sent with `workspace` just before its rows go, in the same transaction: who keeps something of it outside
the database (files) throws that away once it is committed."""

KEPT = timedelta(days=14)
"""How long a deleted workspace can be brought back."""


def purge(now: datetime) -> list[str]:
    """The names of the workspaces that are gone now; each in its own transaction."""
    due = Workspace.objects.filter(deleted_at__lt=now - KEPT).values_list("pk", flat=True)
    return [name for pk in due if (name := _purge_one(pk, now))]


@transaction.atomic
def _purge_one(pk: int, now: datetime) -> str:
    # Looked at again under the lock: its owner may be bringing it back just now.
    workspace = Workspace.objects.select_for_update().filter(pk=pk, deleted_at__lt=now - KEPT).first()
    if workspace is None:
        return ""
    name = workspace.name
    purging.send(Workspace, workspace=workspace)
    workspace.delete()
    record("workspace.purged", subject_kind="installation", subject_id=1, name=name)
    return name
