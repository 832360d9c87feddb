"""Speaking to a channel's network from a web request: read-only questions, asked while someone waits."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from asgiref.sync import async_to_sync
from django.db.models import Q
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.connectors.api import NetworkApi
from tesselle.connectors.protocols import Api, Connector
from tesselle.connectors.registry import conversation
from tesselle.networks import plugin
from tesselle.vault import secrets

RENEWAL_LEASE_S = 60.0
"""A process that dies while it renews a session keeps others waiting no longer than this."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StoredSession:
    """`SavedSession` in the channel's row."""

    channel_id: int

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
        sealed = secrets.seal(session) if session else ""
        await Channel.objects.filter(pk=self.channel_id).aupdate(sealed_session=sealed)


def ask(channel: Channel, question: Callable[[Connector, Api], Awaitable[T]]) -> T:
    """Put one question to the network in the channel's name.

    Raises:
        NetworkError: its sentence says what is wrong.
    """
    connector = plugin(channel.network).connector
    workspace = channel.workspace
    account, world, now = channel.account(), workspace.world, workspace.now()

    async def put() -> T:
        async with conversation(world) as transport:
            api = NetworkApi(
                connector=connector,
                account=account,
                transport=transport,
                now=now,
                session=StoredSession(channel.pk),
            )
            return await question(connector, api)

    return async_to_sync(put)()
