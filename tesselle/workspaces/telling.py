"""Short ways into the journal for what happens to workspaces, people and the installation."""

from typing import Any

from tesselle.journal.services import record
from tesselle.workspaces.models import User, Workspace


def tell(verb: str, workspace: Workspace, by: User, **params: Any) -> None:
    record(
        verb,
        workspace_id=workspace.pk,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=workspace.pk,
        **params,
    )


def tell_installation(verb: str, by: User, **params: Any) -> None:
    """What concerns no workspace: mail, sign-in. Read by the operator."""
    record(
        verb,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="installation",
        subject_id=1,
        **params,
    )


def tell_account(verb: str, user: User, *, by: User | None = None, **params: Any) -> None:
    """What happened to somebody's way in. `by` None: the command line of the server."""
    record(
        verb,
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else "",
        subject_kind="account",
        subject_id=user.pk,
        email=user.email,
        **params,
    )
