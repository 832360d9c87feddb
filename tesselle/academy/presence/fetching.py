"""Reading a few pages of one website, through a guarded transport and within bounds."""

import asyncio
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from tesselle.connectors.http.exchange import Exchange, Request, Response, Transport
from tesselle.domain.messages import N_

MOST_PAGES = 8
MOST_LINKS = 40
MOST_BYTES = 2_000_000
MOST_HOPS = 5
AT_ONCE = 4
SECONDS = 12.0
ACCEPTS = {
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.5",
    "Accept-Language": "fr-CH,fr;q=0.9,en;q=0.5",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """`url`: where the last redirect led. `status` 0: no answer, and `cause` says why. `cookies`: each line of them."""

    asked: str
    url: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    cause: str = ""
    cookies: tuple[str, ...] = ()

    @property
    def is_page(self) -> bool:
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        return self.status == 200 and kind in ("text/html", "application/xhtml+xml")


class Fetcher:
    """`done` of `total` requests so far. `unread`: addresses that were not looked at, since there were too many."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._robots: RobotFileParser | None = None
        self.done = self.total = self.unread = 0

    async def read_robots(self, home: str) -> None:
        """No such file: everything may be read."""
        answer = await self.get(urljoin(home, "/robots.txt"))
        rules = RobotFileParser()
        rules.parse(answer.body.decode("utf-8", "replace").splitlines() if answer.status == 200 else [])
        self._robots = rules

    def may_read(self, url: str) -> bool:
        return self._robots is None or self._robots.can_fetch("Tesselle", url)

    async def get(self, url: str, method: str = "GET") -> Fetched:
        """Follows redirects, each of them guarded anew."""
        self.total += 1
        try:
            async with self._turn:
                return await self._followed(url, method)
        finally:
            self.done += 1

    async def _followed(self, url: str, method: str) -> Fetched:
        at = url
        for _ in range(MOST_HOPS + 1):
            exchange = await self._transport.exchange(Request(method, at, ACCEPTS, deadline_seconds=SECONDS))
            response = exchange.response
            if response is None:
                return Fetched(url, at, 0, cause=_cause(exchange))
            onward = response.headers.get("location", "")
            if response.status not in (301, 302, 303, 307, 308) or not onward:
                return _fetched(url, at, response)
            at = urldefrag(urljoin(at, onward)).url
        return Fetched(url, at, 0, cause=_AGAIN)

    async def is_broken(self, url: str) -> Fetched | None:
        """What it answered, where nothing is there for sure. A server that refuses strangers or that is busy
        proves nothing; one that does not know HEAD is asked again with GET."""
        answer = await self.get(url, "HEAD")
        if answer.status in (404, 405, 410, 501):
            answer = await self.get(url)
        return answer if answer.status in (404, 410) else None


def _fetched(asked: str, at: str, response: Response) -> Fetched:
    """A policy may come in several lines, each of which holds; of other headers the last is what browsers take."""
    policies = response.all_of("content-security-policy")
    headers = dict(response.headers) | ({"content-security-policy": ", ".join(policies)} if policies else {})
    cookies = response.all_of("set-cookie")
    return Fetched(asked, at, response.status, headers, response.body[:MOST_BYTES], cookies=cookies)


_AGAIN = N_("it redirects again and again")


def _cause(exchange: Exchange) -> str:
    return exchange.cause[:200]


def address_of(typed: str) -> str:
    """As a browser would take it: without a scheme, the secure one. Empty: no address of a website."""
    typed = typed.strip()
    address = typed if "://" in typed else f"https://{typed}"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or "." not in host or parts.username or " " in address:
        return ""
    return urldefrag(address).url
