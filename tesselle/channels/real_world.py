"""The transport of the real world, one per event loop."""

import asyncio
from weakref import WeakKeyDictionary

from django.conf import settings

from tesselle.connectors.http.aiohttp_transport import AiohttpTransport
from tesselle.connectors.http.exchange import Transport
from tesselle.connectors.http.guarded import Guard, GuardedResolver, GuardedTransport
from tesselle.connectors.registry import World, register_world

_transports: "WeakKeyDictionary[asyncio.AbstractEventLoop, tuple[AiohttpTransport, Transport]]" = (
    WeakKeyDictionary()
)


def _transport(_world: World) -> Transport:
    loop = asyncio.get_running_loop()
    if loop not in _transports:
        guard = Guard(settings.ENVIRONMENT.allowed_private)
        inner = AiohttpTransport(user_agent="Tesselle/0.1", resolver=GuardedResolver(guard))
        _transports[loop] = (inner, GuardedTransport(inner, guard))
    return _transports[loop][1]


async def _close() -> None:
    known = _transports.pop(asyncio.get_running_loop(), None)
    if known is not None:
        await known[0].close()


def register() -> None:
    register_world("real", _transport, _close)
