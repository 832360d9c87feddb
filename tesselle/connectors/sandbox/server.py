"""Sandboxes over real loopback HTTP: a network's own clients can drive them, and lines be cut.

Each network answers below its slug: `http://127.0.0.1:PORT/mastodon` is the base address of its
API. Its application sees the path below that, as it does in process; what builds addresses of its
own starts from `request.base_url`, which is right in both. `/_sandbox/` is the driver's (`admin`).
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from typing import Any

import uvicorn
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse

from tesselle.connectors.sandbox.admin import Admin
from tesselle.connectors.sandbox.contract import Sandbox
from tesselle.connectors.sandbox.served import Scope, ServedSandbox

HOST = "127.0.0.1"
ADMIN = "_sandbox"


class SandboxHouse:
    """ASGI: the first part of the path says which network is meant."""

    def __init__(self, sandboxes: Iterable[Sandbox], base: str, latency_seconds: float = 0.0) -> None:
        self.served = {
            sandbox.slug: ServedSandbox(sandbox, lambda: datetime.now(UTC), latency_seconds)
            for sandbox in sandboxes
        }
        self.base = base
        self._admin = Admin(self.served, base)

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        slug, _, below = scope["path"].lstrip("/").partition("/")
        scope["path"] = f"/{below}"
        scope["raw_path"] = scope["raw_path"].removeprefix(f"/{slug}".encode()) or b"/"
        scope["app_root_path"] = f"/{slug}"
        if slug in self.served:
            await self.served[slug](scope, receive, send)
            await _let_go(send)
        elif slug == ADMIN:
            await self._answer_driver(scope, receive, send)
        else:
            await PlainTextResponse("no such network here", 404)(scope, receive, send)

    async def _answer_driver(self, scope: Scope, receive: Any, send: Any) -> None:
        try:
            await self._admin.app(scope, receive, send)
        except HTTPException as error:
            await JSONResponse({"error": error.detail}, error.status_code)(scope, receive, send)
        except (KeyError, TypeError, ValueError) as error:
            await JSONResponse({"error": repr(error)}, 400)(scope, receive, send)


async def _let_go(send: Any) -> None:
    """After a cut: let the event loop notice, so that the server does not answer a dead line."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is not None and transport.is_closing():
        await asyncio.sleep(0)
        await asyncio.sleep(0)


class _Server(uvicorn.Server):
    """Leaves the process's signals to whoever runs the event loop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _listening(port: int) -> socket.socket:
    """Port 0 takes a free one. Named as TCP, for else answers do not leave at once (`ops/web_server.py`)."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((HOST, port))
    return listener


def _server(house: SandboxHouse) -> _Server:
    config = uvicorn.Config(
        house,
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
        backlog=4096,
    )
    return _Server(config)


async def serve(
    sandboxes: Iterable[Sandbox],
    port: int,
    *,
    latency_seconds: float = 0.0,
    ready: Callable[[str], None] = lambda base: None,
) -> None:
    """Serve until cancelled; `ready` is told the base address once connections are taken."""
    async with serving(sandboxes, port, latency_seconds=latency_seconds) as house:
        ready(house.base)
        await asyncio.Event().wait()


@asynccontextmanager
async def serving(
    sandboxes: Iterable[Sandbox], port: int = 0, *, latency_seconds: float = 0.0
) -> AsyncIterator[SandboxHouse]:
    """Serve from the running event loop while the body runs."""
    listener = _listening(port)
    house = SandboxHouse(sandboxes, f"http://{HOST}:{listener.getsockname()[1]}", latency_seconds)
    server = _server(house)
    # The socket takes connections from here on; they wait in its backlog until the loop turns.
    listener.listen(4096)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield house
    finally:
        server.should_exit = True
        await task
        listener.close()
