"""Addresses that a user can type are resolved once, checked, and spoken to as resolved.

Private, loopback, link-local and other special ranges are refused but for what the operator
allows; a redirect is never followed by the transport, so there is none to check again.
"""

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from tesselle.connectors.http.exchange import Exchange, Gate, Request, Transport

REFUSED = "this address lies in a private network, which this installation does not speak to"


class Guard:
    """`allowed`: host names, addresses or networks (`127.0.0.1`, `10.0.0.0/8`, `intranet.example`)."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self._hosts: set[str] = set()
        self._networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network] = []
        for item in allowed:
            try:
                self._networks.append(ipaddress.ip_network(item, strict=False))
            except ValueError:
                self._hosts.add(item.lower())

    def allows(self, host: str, address: str) -> bool:
        """May we speak to `address`, reached under the name `host`?"""
        ip = ipaddress.ip_address(address.split("%", 1)[0])
        if isinstance(ip, ipaddress.IPv6Address):
            ip = _carried(ip) or ip
        if ip.is_global and not (ip.is_multicast or ip.is_reserved or getattr(ip, "is_site_local", False)):
            return True
        return host.lower() in self._hosts or any(ip in network for network in self._networks)


_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052


def _carried(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that this one leads to by some translation or tunnel."""
    if ip in _TRANSLATED:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


class GuardedResolver(AbstractResolver):
    """Hands aiohttp only addresses that may be spoken to; it connects to exactly these."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._resolver: aiohttp.ThreadedResolver | None = None

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        if self._resolver is None:
            self._resolver = aiohttp.ThreadedResolver()
        found = await self._resolver.resolve(host, port, family)
        allowed = [result for result in found if self._guard.allows(host, result["host"])]
        if not allowed:
            raise OSError(f"{host}: {REFUSED}")
        return allowed

    async def close(self) -> None:
        if self._resolver is not None:
            await self._resolver.close()


class GuardedTransport:
    """Refuses addresses written as numbers too, which no resolver ever sees."""

    def __init__(self, inner: Transport, guard: Guard) -> None:
        self._inner = inner
        self._guard = guard

    async def exchange(self, request: Request, gate: Gate | None = None) -> Exchange:
        address = urlsplit(request.url)
        if address.scheme not in {"http", "https"}:
            return Exchange(False, cause=f"not a web address: {address.scheme}")
        try:
            # As the client below reads it: it takes "①②⑦.0.0.1" and "127。0。0。1" for numbers too.
            host = URL(request.url).host or ""
        except ValueError:
            return Exchange(False, cause="not a web address")
        try:
            ipaddress.ip_address(host.split("%", 1)[0])
        except ValueError:
            return await self._inner.exchange(request, gate)
        if not self._guard.allows(host, host):
            return Exchange(False, cause=REFUSED)
        return await self._inner.exchange(request, gate)
