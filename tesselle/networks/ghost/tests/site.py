"""A Ghost site to test against: the sandbox here, a real server in `tests/real`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

from tesselle.connectors.api import MemorySession, NetworkApi
from tesselle.connectors.http.exchange import Request, Response, Transport
from tesselle.connectors.protocols import Account, Identity, StepCall, Window
from tesselle.connectors.tests.stage import Folder, png
from tesselle.domain.content import Content, Media
from tesselle.domain.verdicts import Accepted, Remote, Seen, Verdict
from tesselle.networks.ghost import routes
from tesselle.networks.ghost.connector import CONNECTOR

NOBODY = Account("", "", "", "")
WRONG_SECRET = "00" * 32
_numbers = count(1)


@dataclass(slots=True)
class Site:
    """`key`: the admin key of an integration."""

    transport: Transport
    address: str
    key: str
    folder: Path
    clock: Callable[[], datetime]

    def api(self, account: Account = NOBODY) -> NetworkApi:
        return NetworkApi(
            connector=CONNECTOR,
            account=account,
            transport=self.transport,
            now=self.clock(),
            session=MemorySession({}),
            files=Folder(self.folder),
        )

    async def identify(self, **typed: str) -> Identity:
        answers = {"server": self.address, "key": self.key, **typed}
        return await CONNECTOR.identify(answers, self.api())

    async def connected(self) -> NetworkApi:
        return self.api((await self.identify()).account)

    # steps

    def step(self, api: NetworkApi, content: Content, kind: str = "post", **more: Any) -> StepCall:
        return StepCall(api.account, kind, 0, content, str(uuid4()), self.clock(), **more)

    async def prepared(self, call: StepCall, api: NetworkApi) -> StepCall:
        return replace(call, frozen=await CONNECTOR.prepare(call, api))

    async def send(self, call: StepCall) -> Verdict:
        session = await CONNECTOR.open_session({}, self.api(call.account))
        exchange = await self.transport.exchange(CONNECTOR.request(call, session))
        assert exchange.response is not None, exchange.cause
        return CONNECTOR.read(call, exchange.response, self.clock())

    async def done(self, api: NetworkApi, content: Content, kind: str = "post", **more: Any) -> Remote:
        verdict = await self.send(await self.prepared(self.step(api, content, kind, **more), api))
        assert isinstance(verdict, Accepted), verdict
        return verdict.remote

    async def found(self, call: StepCall, api: NetworkApi) -> tuple[Any, ...]:
        margin = timedelta(seconds=120)
        window = Window(call.instant - margin, self.clock() + margin)
        sighting = await CONNECTOR.look_up(call, api, window)
        assert isinstance(sighting, Seen), sighting
        return sighting.candidates

    # the wire

    def token(self, signed: str) -> str:
        """`signed`: good, wrong (another secret), unknown (another key), old, or no token at all."""
        key_id, _, secret = self.key.partition(":")
        then = self.clock() - timedelta(seconds=3600 if signed == "old" else 0)
        return {
            "wrong": routes.token(f"{key_id}:{WRONG_SECRET}", then),
            "unknown": routes.token(f"{'0' * 24}:{secret}", then),
            "garbage": "abc",
        }.get(signed, routes.token(self.key, then))

    async def ask(
        self, method: str, path: str, fields: Any = None, signed: str = "good", body: bytes = b""
    ) -> Response:
        """A request of our own; `signed` "" sends no token."""
        headers = routes.headers({"token": self.token(signed)}) if signed else {}
        url = f"{self.address}{routes.API}{path}"
        if fields is not None:
            request = Request.json(method, url, fields, headers)
        else:
            request = Request(method, url, {**headers, "Content-Type": "application/json"}, body or None)
        exchange = await self.transport.exchange(request)
        assert exchange.response is not None, exchange.cause
        return exchange.response

    async def post(self, path: str) -> dict[str, Any]:
        return routes.first((await self.ask("GET", path)).mapping())

    def image(self, alt: str = "") -> Media:
        name = f"tiles-{next(_numbers)}.png"
        data = png(0, name)
        (self.folder / name).write_bytes(data)
        return Media("image", "image/png", len(data), 2, 2, alt=alt, asset=name)


def one(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"posts": [dict(fields)]}
