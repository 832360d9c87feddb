"""The transport of the real world, one per event loop."""

import asyncio
import socket
from urllib.parse import urlsplit
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


def refuses(address: str) -> bool:
    """Whether all of the address's places are private ones that this installation does not speak to."""
    guard = Guard(settings.ENVIRONMENT.allowed_private)
    try:
        host = urlsplit(address).hostname or ""
        found = {str(place[4][0]) for place in socket.getaddrinfo(host, None)} if host else set()
    except (OSError, ValueError):  # no such host, or no address at all
        return False
    return bool(found) and not any(guard.allows(host, place) for place in found)
