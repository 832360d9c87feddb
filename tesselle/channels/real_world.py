"""The transport of the real world, one per event loop."""

import asyncio
from weakref import WeakKeyDictionary

from django.conf import settings

from tesselle.connectors.http.aiohttp_transport import AiohttpTransport
from tesselle.connectors.http.exchange import Transport
from tesselle.connectors.http.guarded import Guard, GuardedResolver, GuardedTransport
from tesselle.connectors.registry import World, register_world

_transports: "WeakKeyDictionary[asyncio.AbstractEventLoop, Transport]" = WeakKeyDictionary()


def _transport(_world: World) -> Transport:
    loop = asyncio.get_running_loop()
    known = _transports.get(loop)
    if known is None:
        guard = Guard(settings.ENVIRONMENT.allowed_private)
        known = GuardedTransport(
            AiohttpTransport(user_agent="Tesselle/0.1", resolver=GuardedResolver(guard)), guard
        )
        _transports[loop] = known
    return known


def register() -> None:
    register_world("real", _transport)
