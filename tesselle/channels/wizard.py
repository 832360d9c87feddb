"""What the wizard keeps between trying and confirming: encrypted in the session, never in the page."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.fernet import InvalidToken
from django.contrib.sessions.backends.base import SessionBase

from tesselle.channels import services, signing_in
from tesselle.channels.real_world import refuses
from tesselle.connectors.protocols import Identity
from tesselle.domain.errors import NetworkError
from tesselle.domain.messages import N_, Message
from tesselle.vault import secrets
from tesselle.workspaces.models import Workspace

_KEY = "connecting"
_PRIVATE = N_(
    "This address lies in a private network, and this installation speaks only to public ones. If the "
    "server is yours, whoever runs this installation can allow it with the setting TESSELLE_ALLOW_PRIVATE."
)


@dataclass(frozen=True, slots=True)
class Tried:
    """What worked: answers that were pasted, or with `way` the credentials of a sign-in.

    `remote_id`: who answered to what was pasted. `channel_id`: the channel to reconnect, else 0.
    """

    workspace_id: int
    network: str
    answers: Mapping[str, str]
    server: str
    remote_id: str = ""
    way: str = ""
    channel_id: int = 0

    def identities(self, workspace: Workspace) -> tuple[Identity, ...]:
        """Asked again each time, so that what is kept is what is true now.

        Raises:
            NetworkError: its sentence says what is wrong.
        """
        if self.way:
            return signing_in.accounts_of(workspace, self.network, self.way, self.server, self.answers)
        one = services.try_connection(workspace=workspace, network=self.network, answers=self.answers)
        return (one,) if (one.account.remote_id, one.account.server) == (self.remote_id, self.server) else ()


def keep(session: SessionBase, tried: Tried) -> None:
    values = {
        "workspace_id": str(tried.workspace_id),
        "network": tried.network,
        "answers": json.dumps(dict(tried.answers)),
        "server": tried.server,
        "remote_id": tried.remote_id,
        "way": tried.way,
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
        server=values["server"],
        remote_id=values["remote_id"],
        way=values["way"],
        channel_id=int(values["channel_id"]),
    )


def forget(session: SessionBase) -> None:
    session.pop(_KEY, None)


def sentence_for(error: NetworkError, workspace: Workspace, server: str) -> Message:
    """The network's own sentence, or what to do about an address that we refuse to speak to."""
    if not workspace.is_practice and refuses(server):
        return Message(_PRIVATE)
    return error.message
