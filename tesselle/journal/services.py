"""Writing into the journal."""

from typing import Any

from tesselle.journal.models import Entry


def record(
    verb: str,
    *,
    workspace_id: int | None = None,
    actor_id: int | None = None,
    actor_name: str = "",
    subject_kind: str = "",
    subject_id: int | None = None,
    **params: Any,
) -> None:
    """Add one entry, in the caller's transaction."""
    Entry.objects.create(
        verb=verb,
        workspace_id=workspace_id,
        actor_id=actor_id,
        actor_name=actor_name,
        subject_kind=subject_kind,
        subject_id=subject_id,
        params=params,
    )
