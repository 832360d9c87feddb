"""What the wizard keeps between trying and confirming: encrypted in the session, never in the page."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.fernet import InvalidToken
from django.contrib.sessions.backends.base import SessionBase

from tesselle.channels.real_world import refuses
from tesselle.connectors.protocols import Identity
from tesselle.domain.errors import NetworkError
from tesselle.domain.messages import N_, Message
from tesselle.vault import secrets
from tesselle.workspaces.models import Workspace

_KEY = "connecting"
_PRIVATE = N_(
    "This address lies in a private network, and this installation speaks only to public ones. If the "
    "server is yours, whoever runs Tesselle can allow it with the setting TESSELLE_ALLOW_PRIVATE."
)


@dataclass(frozen=True, slots=True)
class Tried:
    """Answers that worked, and who they belong to. `channel_id`: the one to reconnect, else 0."""

    workspace_id: int
    network: str
    answers: Mapping[str, str]
    remote_id: str
    server: str
    channel_id: int = 0

    def is_same_account(self, identity: Identity) -> bool:
        account = identity.account
        return (account.remote_id, account.server) == (self.remote_id, self.server)


def keep(session: SessionBase, tried: Tried) -> None:
    values = {
        "workspace_id": str(tried.workspace_id),
        "network": tried.network,
        "answers": json.dumps(dict(tried.answers)),
        "remote_id": tried.remote_id,
        "server": tried.server,
        "channel_id": str(tried.channel_id),
    }
    session[_KEY] = secrets.seal(values)


def kept(session: SessionBase, workspace_id: int) -> Tried | None:
    """What was tried last, in this workspace; None when there is nothing, or nothing readable."""
    try:
        values = secrets.unseal(session.get(_KEY, ""))
    except InvalidToken:
        return None
    if not values or int(values["workspace_id"]) != workspace_id:
        return None
    return Tried(
        workspace_id=workspace_id,
        network=values["network"],
        answers=json.loads(values["answers"]),
        remote_id=values["remote_id"],
        server=values["server"],
        channel_id=int(values["channel_id"]),
    )


def forget(session: SessionBase) -> None:
    session.pop(_KEY, None)


def sentence_for(error: NetworkError, workspace: Workspace, server: str) -> Message:
    """The network's own sentence, or what to do about an address that we refuse to speak to."""
    if not workspace.is_practice and refuses(server):
        return Message(_PRIVATE)
    return error.message
