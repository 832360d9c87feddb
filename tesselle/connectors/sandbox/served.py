"""One network's sandbox as it is served over loopback: slow, held or faulty as told."""

import asyncio
from collections.abc import Callable, MutableMapping
from datetime import datetime
from typing import Any

from starlette.requests import Request

from tesselle.connectors.sandbox.contract import Sandbox
from tesselle.connectors.sandbox.faulty import FaultySandbox, cut, replay, whole_body
from tesselle.connectors.sandbox.holds import Hold, Holds
from tesselle.simulation.faults import FaultScript
from tesselle.simulation.network import SimulatedNetwork
from tesselle.simulation.shelf import MemoryShelf

LONGEST_HOLD_SECONDS = 120.0

Scope = MutableMapping[str, Any]


class _Line:
    """The way back to the caller, which takes its time. `transport` lets a fault cut it."""

    def __init__(self, send: Any, seconds: float, hold: Hold | None = None) -> None:
        self.transport = getattr(getattr(send, "__self__", None), "transport", None)
        self._send = send
        self._seconds = seconds
        self._hold = hold

    async def send(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            if self._hold is not None:
                await self._hold.wait_here(LONGEST_HOLD_SECONDS)
            if self._seconds:
                await asyncio.sleep(self._seconds)
        await self._send(message)


class ServedSandbox:
    """ASGI for the paths below the network's own. Half of `latency_seconds` passes before the
    network does its work and half after, as on a real line."""

    def __init__(self, sandbox: Sandbox, clock: Callable[[], datetime], latency_seconds: float) -> None:
        self.sandbox = sandbox
        self.network = SimulatedNetwork(sandbox.slug, MemoryShelf(), clock)
        self.script = FaultScript()
        self.holds = Holds()
        self.latency_seconds = latency_seconds
        self.requests = 0
        self.faulty = FaultySandbox(sandbox, self.network, self.script)

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        self.requests += 1
        half = self.latency_seconds / 2
        if half:
            await asyncio.sleep(half)
        hold = await self._hold(scope) if self.holds else None
        if hold is None:
            await self.faulty(scope, receive, _Line(send, half).send if half else send)
            return
        body = await whole_body(receive)
        if hold.moment == "after":
            await self.faulty(scope, replay(body), _Line(send, half, hold).send)
            return
        await hold.wait_here(LONGEST_HOLD_SECONDS)
        if hold.drop:
            cut(scope, send, "thrown away by the network")
        else:
            await self.faulty(scope, replay(body), _Line(send, half).send)

    async def _hold(self, scope: Scope) -> Hold | None:
        operation = self.sandbox.operation(scope["method"], scope["path"], scope["query_string"].decode())
        if not operation:
            return None
        account = await self.sandbox.account_of(Request(scope), self.network)
        return self.holds.meet(operation, account)
