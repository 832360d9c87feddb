"""A WordPress site to test against: the sandbox here, a real server in `tests/real`."""

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
from tesselle.networks.wordpress.connector import CONNECTOR
from tesselle.networks.wordpress.routes import headers

NOBODY = Account("", "", "", "")
_numbers = count(1)


@dataclass(slots=True)
class Site:
    """`logins`: role to (user name, application password)."""

    transport: Transport
    address: str
    logins: Mapping[str, tuple[str, str]]
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

    async def identify(self, role: str = "editor", **typed: str) -> Identity:
        user, password = self.logins[role]
        answers = {"server": self.address, "username": user, "password": password, **typed}
        return await CONNECTOR.identify(answers, self.api())

    async def connected(self, role: str = "editor") -> NetworkApi:
        return self.api((await self.identify(role)).account)

    # steps

    def step(self, api: NetworkApi, content: Content, kind: str = "post", **more: Any) -> StepCall:
        return StepCall(api.account, kind, 0, content, str(uuid4()), self.clock(), **more)

    async def prepared(self, call: StepCall, api: NetworkApi) -> StepCall:
        return replace(call, frozen=await CONNECTOR.prepare(call, api))

    async def send(self, call: StepCall) -> Verdict:
        exchange = await self.transport.exchange(CONNECTOR.request(call, {}))
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

    async def ask(self, method: str, path: str, role: str = "", data: Any = None, **more: str) -> Response:
        """A request of our own. `role` "wrong" signs in with a wrong password, "" not at all."""
        user, password = self.logins["editor" if role == "wrong" else role] if role else ("", "")
        password = "nope nope nope nope" if role == "wrong" else password
        signed = headers({"username": user, "password": password}) if role else {}
        url = f"{self.address}/wp-json/wp/v2{path}"
        if isinstance(data, bytes):
            request = Request(
                method, url, {**signed, **{k.replace("_", "-"): v for k, v in more.items()}}, data
            )
        elif data is not None:
            request = Request.json(method, url, data, signed)
        else:
            request = Request(method, url, signed)
        exchange = await self.transport.exchange(request)
        assert exchange.response is not None, exchange.cause
        return exchange.response

    async def item(self, path: str, role: str = "editor") -> dict[str, Any]:
        return (await self.ask("GET", f"{path}?context=edit", role)).mapping()

    def image(self, alt: str = "") -> Media:
        name = f"tiles-{next(_numbers)}.png"
        data = png(0, name)
        (self.folder / name).write_bytes(data)
        return Media("image", "image/png", len(data), 2, 2, alt=alt, asset=name)
