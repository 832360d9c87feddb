"""The transport of the real world, over aiohttp.

`written` comes from a trace hook that aiohttp awaits just before it hands the request's head to
the socket; the gate is asked in that very hook, so nothing can come between the two.
"""

import asyncio
from contextvars import ContextVar
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import aiohttp
from yarl import URL

from tesselle.connectors.http.exchange import (
    Exchange,
    Gate,
    GateClosedError,
    Multipart,
    Request,
    Response,
)

MAX_ANSWER_BYTES = 32 * 1024 * 1024
"""An answer longer than this is cut off and counts as unreadable."""


class _Sending:
    """What is known about the call under way in this task."""

    __slots__ = ("gate", "written")

    def __init__(self, gate: Gate | None) -> None:
        self.gate = gate
        self.written = False


_sending: ContextVar[_Sending] = ContextVar("tesselle_sending")


async def _on_headers_sent(
    session: aiohttp.ClientSession,
    context: SimpleNamespace,
    params: aiohttp.TraceRequestHeadersSentParams,
) -> None:
    sending = _sending.get()
    if sending.gate is not None:
        # aiohttp repeats PUT and DELETE by itself after a cut, over a fresh connection too.
        if sending.written:
            raise GateClosedError("the connection was cut before the answer")
        sending.gate()
    sending.written = True


def _as_written(url: str) -> URL:
    """An address as the connector built it. Some servers tell `%3A` from `:`, which `URL` would put in
    its place; an address with other signs than ASCII was typed by a person and still has to be encoded."""
    return URL(url, encoded=url.isascii())


class AiohttpTransport:
    """One per event loop. `resolver` decides which addresses may be spoken to (see `guarded`)."""

    def __init__(
        self,
        *,
        user_agent: str = "Tesselle",
        resolver: aiohttp.abc.AbstractResolver | None = None,
        connections: int = 512,
    ) -> None:
        self._user_agent = user_agent
        self._resolver = resolver
        self._connections = connections
        self._kept: aiohttp.ClientSession | None = None
        self._fresh: aiohttp.ClientSession | None = None

    def _session(self, *, fresh: bool) -> aiohttp.ClientSession:
        existing = self._fresh if fresh else self._kept
        if existing is not None and not existing.closed:
            return existing
        trace = aiohttp.TraceConfig()
        trace.on_request_headers_sent.append(_on_headers_sent)
        connector = aiohttp.TCPConnector(
            limit=self._connections, resolver=self._resolver, force_close=fresh, ttl_dns_cache=60
        )
        session = aiohttp.ClientSession(
            connector=connector,
            trace_configs=[trace],
            timeout=aiohttp.ClientTimeout(total=None),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self._user_agent},
            auto_decompress=True,
        )
        if fresh:
            self._fresh = session
        else:
            self._kept = session
        return session

    async def exchange(self, request: Request, gate: Gate | None = None) -> Exchange:
        sending = _Sending(gate)
        _sending.set(sending)
        # aiohttp repeats PUT and DELETE by itself when a reused connection turns out dead.
        fresh = request.fresh_connection or request.method in {"PUT", "DELETE"}
        try:
            async with asyncio.timeout(request.deadline_seconds):
                async with self._session(fresh=fresh).request(
                    request.method,
                    _as_written(request.url),
                    headers=dict(request.headers),
                    data=_body(request.body),
                    allow_redirects=False,
                ) as answer:
                    body = await answer.content.read(MAX_ANSWER_BYTES + 1)
                    while not answer.content.at_eof() and len(body) <= MAX_ANSWER_BYTES:
                        body += await answer.content.read(MAX_ANSWER_BYTES + 1 - len(body))
                    if len(body) > MAX_ANSWER_BYTES:
                        return Exchange(True, cause="answer longer than we read")
                    return Exchange(True, Response.of_lines(answer.status, answer.headers.items(), body))
        except TimeoutError:
            return Exchange(sending.written, cause="no answer in time")
        except GateClosedError as closed:
            return Exchange(sending.written, cause=str(closed))
        except Exception as error:  # noqa: BLE001 - the class says nothing; `written` does
            # aiohttp likes to quote the address in what it says.
            cause = request.without_address(f"{type(error).__name__}: {error}")
            return Exchange(sending.written, cause=cause[:300])

    async def close(self) -> None:
        for session in (self._kept, self._fresh):
            if session is not None:
                await session.close()


def _body(body: bytes | Path | Multipart | None) -> object:
    if isinstance(body, Path):
        return body.open("rb")
    if not isinstance(body, Multipart):
        return body
    form = aiohttp.FormData()
    for name, value in body.fields.items():
        form.add_field(name, value)
    for part in body.files:
        stream = part.path.open("rb") if part.path is not None else BytesIO(part.data)
        form.add_field(part.name, stream, filename=part.filename, content_type=part.mime)
    return form
