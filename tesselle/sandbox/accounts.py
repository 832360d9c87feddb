"""Opening an account of a simulated network, to be connected like any other."""

import secrets
from functools import partial

from asgiref.sync import async_to_sync

from tesselle.channels.models import Channel
from tesselle.channels.services import connect, try_connection
from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.networks import plugin
from tesselle.sandbox.practice import practice_world
from tesselle.workspaces.models import User, Workspace


def connect_simulated(*, workspace: Workspace, network: str, by: User) -> Channel:
    """A new account each time, connected by the same path as a real one.

    Raises:
        RuleError: not a practice workspace.
    """
    if not workspace.is_practice:
        raise RuleError(N_("Simulated accounts exist in practice workspaces only."))
    opened = async_to_sync(partial(_open, workspace, network))()
    identity = try_connection(workspace=workspace, network=network, answers=opened.answers)
    return connect(workspace=workspace, network=network, identity=identity, by=by)


async def _open(workspace: Workspace, slug: str) -> SandboxAccount:
    sandbox, network = plugin(slug).sandbox, practice_world(workspace.world).network(slug)
    handle = f"practice{secrets.token_hex(3)}"
    return await sandbox.open_account(network, f"https://{sandbox.host}", handle, workspace.name)
