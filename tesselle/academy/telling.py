"""The short way into the journal for what happens on somebody's path."""

from typing import Any

from tesselle.academy.models import Path
from tesselle.journal.services import record


def tell(verb: str, path: Path, **params: Any) -> None:
    """By the person whose path it is."""
    record(
        verb,
        workspace_id=path.workspace_id,
        actor_id=path.person_id,
        actor_name=str(path.person),
        subject_kind="path",
        subject_id=path.pk,
        **params,
    )
