"""From an ordinary view to a stream: the view decides who may listen, and the stream begins when it is done.

A view answers with the header `X-Tesselle-Live: <workspace id>`. Everything Django does for a request
(session, membership, language) has then happened and ended: its thread and its database session are free
again, however long the stream lasts.
"""

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from tesselle.web.live.hub import Change, Hub, Stream, TooManyStreamsError

PATH = "/live"
HEADER = "X-Tesselle-Live"
HEARTBEAT_S = 20.0
"""Below the patience of usual proxies (60 s)."""

LIFE_S = 900.0
"""Then the browser comes back, and is asked again who it is."""

GATHER_S = 0.15
MARGIN_S = 2.0
"""A page shows what was committed before it was drawn; a transaction may have begun a little earlier."""

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_HARMLESS = (
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'"),
)
_HEADERS = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache, no-store"),
    (b"x-accel-buffering", b"no"),
    *_HARMLESS,
)


def with_live_updates(pages: Application, hub: Callable[[], Hub]) -> Application:
    """An ASGI application around `pages`; `hub` is the one of this process."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PATH:
            await pages(scope, receive, send)
            return
        workspace_id = await _admitted(pages, scope, receive, send)
        if workspace_id:
            await _serve(hub(), workspace_id, _seen_at(scope), receive, send)

    return application


async def _admitted(pages: Application, scope: Scope, receive: Receive, send: Send) -> int:
    """The workspace that the view names; 0 when it answered otherwise, and that answer was passed on."""
    found = 0

    async def watch(message: dict[str, Any]) -> None:
        nonlocal found
        if message["type"] == "http.response.start":
            named = [value for name, value in message["headers"] if name.lower() == HEADER.lower().encode()]
            found = int(named[0]) if named else 0
        if not found:
            await send(message)

    await pages(scope, receive, watch)
    return found


def _seen_at(scope: Scope) -> float:
    """When the page was drawn; without it, everything is read again."""
    try:
        return float(parse_qs(scope.get("query_string", b"").decode())["at"][0]) - MARGIN_S
    except (KeyError, ValueError):
        return 0.0


async def _serve(hub: Hub, workspace_id: int, seen_at: float, receive: Receive, send: Send) -> None:
    try:
        async with hub.open(workspace_id, seen_at) as stream:
            await send({"type": "http.response.start", "status": 200, "headers": list(_HEADERS)})
            await _stream(hub, stream, receive, send)
    except TooManyStreamsError:
        headers = [(b"retry-after", b"60"), (b"content-type", b"text/plain"), *_HARMLESS]
        await send({"type": "http.response.start", "status": 503, "headers": headers})
        await send({"type": "http.response.body", "body": b"Too many streams."})


async def _stream(hub: Hub, stream: Stream, receive: Receive, send: Send) -> None:
    gone = asyncio.create_task(_until_gone(receive))
    until = time.monotonic() + LIFE_S * random.uniform(0.8, 1.0)  # noqa: S311 - spreads the returns
    try:
        await _write(send, _event("hello", {"at": time.time()}))
        while time.monotonic() < until and not (hub.closing.is_set() or gone.done() or stream.ended):
            await _write(send, await _next(hub, stream, gone))
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    except OSError:
        pass  # the browser went away in the middle of a line
    finally:
        gone.cancel()


async def _next(hub: Hub, stream: Stream, gone: "asyncio.Task[None]") -> bytes:
    """What is new, gathered for a moment; a heartbeat when nothing is."""
    woken = asyncio.create_task(stream.woken.wait())
    done, _pending = await asyncio.wait({woken, gone}, timeout=HEARTBEAT_S, return_when="FIRST_COMPLETED")
    if woken not in done:
        woken.cancel()
        return b": still here\n\n"
    if stream.ended:
        return b""
    if not hub.closing.is_set():
        await asyncio.sleep(GATHER_S)
    changes, must_reread = stream.take()
    if must_reread:
        return _event("reread", {"at": time.time()})
    return _event("change", {"at": time.time(), "changes": _told(changes)}) if changes else b""


def _told(changes: Iterable[Change]) -> list[list[str | int]]:
    return [[change.kind, change.id] for change in changes]


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _event(name: str, data: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()


async def _write(send: Send, body: bytes) -> None:
    if body:
        await send({"type": "http.response.body", "body": body, "more_body": True})
