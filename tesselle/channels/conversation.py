"""Speaking to a channel's network from a web request: read-only questions, asked while someone waits."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

from asgiref.sync import async_to_sync, sync_to_async
from django.db import connection

from tesselle.channels import secrets
from tesselle.channels.models import Channel
from tesselle.connectors.api import NetworkApi
from tesselle.connectors.protocols import Api, Connector
from tesselle.connectors.registry import transport_for
from tesselle.networks import plugin

SESSION_LOCK = 0x5E55
"""First half of the advisory lock under which a channel's session is renewed; workers take the same."""

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
        await sync_to_async(self._lock)("pg_advisory_lock")
        try:
            yield
        finally:
            await sync_to_async(self._lock)("pg_advisory_unlock")

    def _lock(self, function: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s, %s)", [SESSION_LOCK, self.channel_id])

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
        api = NetworkApi(
            connector=connector,
            account=account,
            transport=transport_for(world),
            now=now,
            session=StoredSession(channel.pk),
        )
        return await question(connector, api)

    return async_to_sync(put)()
