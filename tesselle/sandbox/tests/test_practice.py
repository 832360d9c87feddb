"""A practice world answers for its make-believe hosts, and for nothing and nobody else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from asgiref.sync import async_to_sync

from tesselle.channels.services import connect, try_connection
from tesselle.connectors.api import MemorySession, NetworkApi
from tesselle.connectors.http.exchange import Exchange, Request
from tesselle.connectors.protocols import Account, StepCall
from tesselle.connectors.registry import World, transport_for
from tesselle.domain.content import Content
from tesselle.domain.errors import NetworkError
from tesselle.domain.verdicts import Blocked, Verdict
from tesselle.networks import plugin, slugs
from tesselle.sandbox.practice import PracticeWorld, practice_world
from tesselle.workspaces.models import Workspace


def _ask(world: World, url: str) -> Exchange:
    async def ask() -> Exchange:
        return await transport_for(world).exchange(Request("GET", url))

    return async_to_sync(ask)()


def _opened(workspace: Workspace, slug: str) -> dict[str, str]:
    sandbox = plugin(slug).sandbox

    async def opened() -> dict[str, str]:
        world = practice_world(workspace.world)
        await world.look_at_clock()
        account = await sandbox.open_account(
            world.network(slug), f"https://{sandbox.host}", "carreaux", "Carreaux"
        )
        return dict(account.answers)

    return async_to_sync(opened)()


def _first_post(workspace: Workspace, slug: str, account: Account) -> Verdict:
    connector, now = plugin(slug).connector, workspace.now()
    call = StepCall(account, "post", 0, Content(text="Carreaux"), "key", now)

    async def sent() -> Verdict:
        transport = transport_for(workspace.world)
        api = NetworkApi(
            connector=connector, account=account, transport=transport, now=now, session=MemorySession({})
        )
        prepared = replace(call, frozen=await connector.prepare(call, api))
        exchange = await transport.exchange(connector.request(prepared, await api.session()))
        assert exchange.response is not None
        return connector.read(prepared, exchange.response, now)

    return async_to_sync(sent)()


@pytest.mark.parametrize("slug", slugs())
def test_every_network_can_be_connected(workspace: Workspace, slug: str):
    identity = try_connection(workspace=workspace, network=slug, answers=_opened(workspace, slug))
    channel = connect(workspace=workspace, network=slug, identity=identity, by=None)

    account = channel.account()
    spoken_to = account.server or next(value for value in account.credentials.values() if "://" in value)
    assert spoken_to.startswith(f"https://{plugin(slug).sandbox.host}")


@pytest.mark.parametrize("slug", slugs())
def test_an_account_of_one_workspace_is_unknown_in_another(workspace: Workspace, slug: str):
    answers = _opened(workspace, slug)
    other = Workspace.objects.create(name="Ailleurs", world_kind="practice")

    try:
        identity = try_connection(workspace=other, network=slug, answers=answers)
    except NetworkError:
        return

    # An address that cannot be asked what it is: its first post tells.
    assert isinstance(_first_post(other, slug, identity.account), Blocked)


@pytest.mark.parametrize("slug", slugs())
def test_the_make_believe_host_can_be_nobodys(slug: str):
    assert plugin(slug).sandbox.host.endswith(".example")


@pytest.mark.parametrize(
    "url", ["https://bsky.social/xrpc/x", "https://api.telegram.org/", "http://127.0.0.1/"]
)
def test_a_real_address_has_no_server_in_a_practice_world(workspace: Workspace, url: str):
    exchange = _ask(workspace.world, url)

    assert exchange.response is None
    assert not exchange.written


def test_a_real_workspace_has_no_practice_world(db: None):
    real = Workspace.objects.create(name="Vrai", world_kind="real")

    with pytest.raises(LookupError):
        _ask(World("practice", str(real.pk)), f"https://{plugin(slugs()[0]).sandbox.host}/")
    with pytest.raises(LookupError):
        async_to_sync(_world)(real.world)


@pytest.mark.parametrize(
    "world", [World("real"), World("practice"), World("practice", "-1"), World("practice", "x")]
)
def test_only_a_practice_world_with_a_number_is_one(world: World):
    with pytest.raises(LookupError):
        async_to_sync(_world)(world)


def test_the_networks_clock_is_the_workspaces(workspace: Workspace):
    workspace.clock_shift = -timedelta(days=12)
    workspace.save()
    world = PracticeWorld(workspace.pk)

    async_to_sync(world.look_at_clock)()

    behind = datetime.now(UTC) - world.network("any").clock()
    assert abs(behind - timedelta(days=12)) < timedelta(minutes=1)


async def _world(world: World) -> PracticeWorld:
    return practice_world(world)
