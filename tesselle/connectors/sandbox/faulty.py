"""The fault script, played in front of a sandbox."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from tesselle.connectors.http.asgi_transport import AsgiApp, CutError
from tesselle.connectors.sandbox.contract import Sandbox
from tesselle.simulation.faults import Effect, Fault, FaultScript
from tesselle.simulation.network import SimulatedNetwork

BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
OWN_WORDS = {Effect.THROTTLE, Effect.EXPIRED, Effect.REFUSE_MEDIA}

Scope = MutableMapping[str, Any]


class FaultySandbox:
    """ASGI: meets each request with the script, else lets the network's application answer.

    In process nothing waits: what would be answered too late is done at once, but becomes visible
    only after the fault's seconds, and the caller sees the cut immediately.
    """

    def __init__(self, sandbox: Sandbox, network: SimulatedNetwork, script: FaultScript) -> None:
        self.sandbox = sandbox
        self.network = network
        self.script = script
        self.app: AsgiApp = sandbox.make_app(network)
        self._late: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        fault = await self._fault(scope) if self.script.faults else None
        if fault is None:
            await self.app(scope, receive, send)
            return
        body = await whole_body(receive)
        await self._play(fault, scope, body, send)

    async def _fault(self, scope: Scope) -> Fault | None:
        operation = self.sandbox.operation(scope["method"], scope["path"], scope["query_string"].decode())
        if not operation:
            return None
        account = await self.sandbox.account_of(Request(scope), self.network)
        return self.script.meet(operation, account)

    async def _play(self, fault: Fault, scope: Scope, body: bytes, send: Any) -> None:
        in_process = "tesselle.in_process" in scope.get("extensions", {})
        match fault.effect:
            case Effect.CUT_UNREAD:
                cut(scope, send, "connection reset by the network", written=True)
            case Effect.ACCEPT_CUT:
                await self._do(scope, body)
                cut(scope, send, "connection reset before the answer")
            case Effect.ACCEPT_5XX:
                await self._do(scope, body)
                await _answer(PlainTextResponse(BAD_GATEWAY, 502, media_type="text/html"), scope, send)
            case Effect.FAIL_5XX:
                await _answer(PlainTextResponse("upstream unavailable", 503), scope, send)
            case Effect.GARBAGE:
                await self._do(scope, body)
                await _answer(PlainTextResponse("<html>welcome", 200, media_type="text/html"), scope, send)
            case Effect.ACCEPT_LATE:
                await self._accept_late(fault, scope, body, in_process=in_process)
                cut(scope, send, "no answer in time")
            case Effect.HANG:
                if not in_process:
                    await asyncio.sleep(fault.seconds)
                cut(scope, send, "no answer in time")
            case effect if effect in OWN_WORDS:
                await _answer(self.sandbox.own_answer(effect, fault, self.network), scope, send)

    async def _do(self, scope: Scope, body: bytes) -> None:
        """Let the network do its work and throw its answer away."""

        async def nothing(message: Any) -> None:
            return None

        await self.app(dict(scope), replay(body), nothing)

    async def _accept_late(self, fault: Fault, scope: Scope, body: bytes, *, in_process: bool) -> None:
        if in_process:
            hidden, self.network.hide_new_for = self.network.hide_new_for, fault.seconds
            try:
                await self._do(scope, body)
            finally:
                self.network.hide_new_for = hidden
            return

        async def later() -> None:
            await asyncio.sleep(fault.seconds)
            await self._do(scope, body)

        task = asyncio.get_running_loop().create_task(later())
        self._late.add(task)
        task.add_done_callback(self._late.discard)
        # Hold the line until the caller has given up for sure.
        await asyncio.sleep(fault.seconds + 0.2)

    @property
    def late_work(self) -> int:
        """Requests that were accepted and are still to be done."""
        return len(self._late)


def cut(scope: Scope, send: Any, why: str, *, written: bool = True) -> None:
    """Cut the connection without an answer.

    In process that is an exception. Over loopback, uvicorn offers no such thing: its `send` is a
    method of the object that owns the socket, which is aborted.
    """
    if "tesselle.in_process" in scope.get("extensions", {}):
        raise CutError(why, written=written)
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        raise RuntimeError("this server gives no way to cut a connection")
    transport.abort()


async def whole_body(receive: Any) -> bytes:
    chunks = []
    while True:
        message = await receive()
        chunks.append(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return b"".join(chunks)


def replay(body: bytes) -> Any:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def _answer(response: Response, scope: Scope, send: Any) -> None:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    await response(scope, receive, send)
