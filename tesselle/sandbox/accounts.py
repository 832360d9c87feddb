"""Opening an account of a simulated network, to be connected like any other."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode, urlsplit

from asgiref.sync import async_to_sync

from tesselle.channels.models import Channel
from tesselle.channels.own_apps import redirect_address
from tesselle.channels.services import connect, try_connection
from tesselle.connectors.http.exchange import Exchange, Request
from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.networks import plugin
from tesselle.sandbox.practice import practice_world
from tesselle.workspaces.models import User, Workspace


def connect_simulated(
    *, workspace: Workspace, network: str, by: User, handle: str = "", name: str = ""
) -> Channel:
    """A new account each time, connected by the same path as a real one; without a name it has the
    workspace's.

    Raises:
        RuleError: not a practice workspace.
    """
    if not workspace.is_practice:
        raise RuleError(N_("Simulated accounts exist in practice workspaces only."))
    opened = async_to_sync(partial(_open, workspace, network, handle, name))()
    identity = try_connection(workspace=workspace, network=network, answers=opened.answers)
    return connect(workspace=workspace, network=network, identity=identity, by=by)


@dataclass(frozen=True, slots=True)
class SimulatedPerson:
    id: str
    handle: str


def simulated_people(*, workspace: Workspace, network: str) -> list[SimulatedPerson]:
    """Everybody who has an account on that simulated network; one is opened where there is nobody."""
    found = async_to_sync(partial(_people, workspace, network))()
    if not found:
        async_to_sync(partial(_open, workspace, network))()
        found = async_to_sync(partial(_people, workspace, network))()
    return found


async def _people(workspace: Workspace, slug: str) -> list[SimulatedPerson]:
    world = practice_world(workspace.world)
    await world.look_at_clock()
    accounts = await world.network(slug).accounts()
    return [SimulatedPerson(one.id, one.handle) for one in accounts]


def answer_network_page(*, workspace: Workspace, address: str, form: Mapping[str, str]) -> str:
    """What a person says on a simulated network's page; gives the query they come back with.

    Raises:
        RuleError: the page is none of this practice world, or does not lead back.
    """
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    request = Request("POST", address, headers, urlencode(form).encode())

    async def send() -> Exchange:
        return await practice_world(workspace.world).exchange(request)

    answer = async_to_sync(send)().response
    location = answer.headers.get("location", "") if answer is not None and answer.status == 302 else ""
    if not location.startswith(f"{redirect_address()}?"):
        raise RuleError(N_("The simulated network did not lead back. Begin the sign-in again."))
    return urlsplit(location).query


async def _open(workspace: Workspace, slug: str, handle: str = "", name: str = "") -> SandboxAccount:
    world, sandbox = practice_world(workspace.world), plugin(slug).sandbox
    await world.look_at_clock()
    network = world.network(slug)
    handle = handle or f"practice{secrets.token_hex(3)}"
    return await sandbox.open_account(network, f"https://{sandbox.host}", handle, name or workspace.name)
