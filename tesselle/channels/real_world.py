"""The transports of the real world, one of each per event loop: web servers, and mail servers."""

import asyncio
import socket
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from django.conf import settings

from tesselle.connectors.http.aiohttp_transport import AiohttpTransport
from tesselle.connectors.http.exchange import Exchange, Gate, Request, Transport
from tesselle.connectors.http.guarded import Guard, GuardedResolver, GuardedTransport
from tesselle.connectors.registry import World, register_world
from tesselle.connectors.smtp.transport import SCHEMES, SmtpTransport


def _own_name() -> str:
    """How we greet mail servers: by name, or by an address in brackets (RFC 5321, 4.1.3)."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    if ":" in host:
        return f"[IPv6:{host}]"
    return f"[{host}]" if host.replace(".", "").isdigit() else host


class RealTransport:
    """The one that the address asks for."""

    def __init__(self, guard: Guard) -> None:
        self._web_inside = AiohttpTransport(user_agent="Tesselle/0.1", resolver=GuardedResolver(guard))
        self._web = GuardedTransport(self._web_inside, guard)
        self._mail = SmtpTransport(guard, name=_own_name())

    async def exchange(self, request: Request, gate: Gate | None = None) -> Exchange:
        by_mail = urlsplit(request.url).scheme in SCHEMES
        return await (self._mail if by_mail else self._web).exchange(request, gate)

    async def close(self) -> None:
        await self._mail.close()
        await self._web_inside.close()


_transports: "WeakKeyDictionary[asyncio.AbstractEventLoop, RealTransport]" = WeakKeyDictionary()


def _transport(_world: World) -> Transport:
    loop = asyncio.get_running_loop()
    if loop not in _transports:
        _transports[loop] = RealTransport(Guard(settings.ENVIRONMENT.allowed_private))
    return _transports[loop]


async def _close() -> None:
    known = _transports.pop(asyncio.get_running_loop(), None)
    if known is not None:
        await known.close()


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
