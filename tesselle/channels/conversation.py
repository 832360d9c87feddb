"""Speaking to a channel's network from a web request: read-only questions, asked while someone waits."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from asgiref.sync import async_to_sync
from django.db.models import Q
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.channels.sign_in_life import life_of
from tesselle.connectors.api import MemorySession, NetworkApi, SavedSession
from tesselle.connectors.protocols import Account, Api, Connector
from tesselle.connectors.registry import World, conversation
from tesselle.networks import plugin
from tesselle.vault import secrets
from tesselle.workspaces.models import Workspace

RENEWAL_LEASE_S = 60.0
"""A process that dies while it renews a session keeps others waiting no longer than this."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StoredSession:
    """`SavedSession` in the channel's row."""

    channel_id: int
    network: str
    now: datetime

    async def read(self) -> Mapping[str, str]:
        sealed = (
            await Channel.objects.filter(pk=self.channel_id).values_list("sealed_session", flat=True).afirst()
        )
        return secrets.unseal(sealed or "")

    @asynccontextmanager
    async def renewing(self) -> AsyncIterator[None]:
        """The worker's lease in the row: one process at a time, and none waits on a connection."""
        free = Q(renewing_until=None) | Q(renewing_until__lt=timezone.now())
        mine = Channel.objects.filter(pk=self.channel_id)
        until = timezone.now() + timedelta(seconds=RENEWAL_LEASE_S)
        while not await mine.filter(free).aupdate(renewing_until=until):
            await asyncio.sleep(0.2)
        try:
            yield
        finally:
            await mine.aupdate(renewing_until=None)

    async def write(self, session: Mapping[str, str]) -> None:
        """A renewed sign-in says when it ends next."""
        sealed = secrets.seal(session) if session else ""
        values: dict[str, object] = {"sealed_session": sealed}
        if session.get("access_token"):
            life = life_of(session, self.network, self.now)
            values |= {
                "renew_at": life.renew_at,
                "signed_in_until": life.until,
                "renew_failures": 0,
                "renew_note": {},
            }
        await Channel.objects.filter(pk=self.channel_id).aupdate(**values)


def ask(channel: Channel, question: Callable[[Connector, Api], Awaitable[T]]) -> T:
    """Put one question to the network in the channel's name.

    Raises:
        NetworkError: its sentence says what is wrong.
    """
    workspace = channel.workspace
    session = StoredSession(channel.pk, channel.network, workspace.now())
    return _put(workspace.world, channel.network, channel.account(), workspace.now(), session, question)


def ask_as(
    workspace: Workspace | None,
    network: str,
    account: Account,
    question: Callable[[Connector, Api], Awaitable[T]],
) -> T:
    """Put one question to a network as somebody who is no channel yet; keeps nothing. Without a
    workspace (for the installation itself): in the real world.

    Raises:
        NetworkError: its sentence says what is wrong.
    """
    world = workspace.world if workspace is not None else World("real")
    now = workspace.now() if workspace is not None else timezone.now()
    return _put(world, network, account, now, MemorySession({}), question)


def _put(
    world: World,
    network: str,
    account: Account,
    now: datetime,
    session: SavedSession,
    question: Callable[[Connector, Api], Awaitable[T]],
) -> T:
    connector = plugin(network).connector

    async def put() -> T:
        async with conversation(world) as transport:
            api = NetworkApi(
                connector=connector, account=account, transport=transport, now=now, session=session
            )
            return await question(connector, api)

    return async_to_sync(put)()
