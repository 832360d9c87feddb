"""The doors below `/_sandbox/` by which a driver rules the sandboxes of a served process.

| method, path | takes | gives |
| --- | --- | --- |
| POST accounts | {network, handle, name, options} or an array of these | {id, server, answers} or an array |
| POST faults | {network, operation, effect, times, skip, seconds, account, name} | {} |
| DELETE faults | | {} : what was not met yet is forgotten |
| GET fired | | {network: {fault: times}} |
| GET late | | {network: accepted requests that are still to be done} |
| GET requests | | {network: requests it was sent} |
| GET counts | | {network: things ever made public} |
| GET truth?network= | | every post ever accepted, removed and draft ones included |
| POST figures | {network, post, figures} or {network, account, followers} | {} |
| POST mood | {network, hide_new_for, flags} | {} |
| PUT latency_ms | {latency_ms} | {} |
| POST holds | {network, operation, moment, account, skip} | {id} |
| GET holds/ID?network=&seconds= | waits so long at most | {reached} |
| DELETE holds/ID?network=&drop=1 | | {} : the held request goes on, or is thrown away |
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, Router

from tesselle.connectors.sandbox.holds import Hold
from tesselle.connectors.sandbox.served import ServedSandbox
from tesselle.simulation.faults import Effect, Fault


class Admin:
    """`base_of` gives the base address of a network, as callers reach it."""

    def __init__(self, served: Mapping[str, ServedSandbox], base: str) -> None:
        self._served = served
        self.base = base
        self.app = Router(
            [
                Route("/accounts", self.open_accounts, methods=["POST"]),
                Route("/faults", self.add_fault, methods=["POST"]),
                Route("/faults", self.clear_faults, methods=["DELETE"]),
                Route("/fired", self.fired),
                Route("/late", self.late),
                Route("/counts", self.counts),
                Route("/requests", self.requests),
                Route("/truth", self.truth),
                Route("/figures", self.figures, methods=["POST"]),
                Route("/mood", self.mood, methods=["POST"]),
                Route("/latency_ms", self.latency, methods=["PUT"]),
                Route("/holds", self.place_hold, methods=["POST"]),
                Route("/holds/{id}", self.watch_hold, methods=["GET"]),
                Route("/holds/{id}", self.release_hold, methods=["DELETE"]),
            ]
        )

    def _network(self, slug: str) -> ServedSandbox:
        if slug not in self._served:
            raise HTTPException(404, f"no such network: {slug}; there are: {', '.join(self._served)}")
        return self._served[slug]

    # accounts

    async def open_accounts(self, request: Request) -> JSONResponse:
        wanted = await _json(request)
        if isinstance(wanted, list):
            return JSONResponse([await self._open_account(one) for one in wanted])
        return JSONResponse(await self._open_account(wanted))

    async def _open_account(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        served = self._network(wanted["network"])
        base = f"{self.base}/{served.sandbox.slug}"
        account = await served.sandbox.open_account(
            served.network,
            base,
            wanted["handle"],
            wanted.get("name") or wanted["handle"],
            **wanted.get("options", {}),
        )
        return {"id": account.id, "server": account.server, "answers": dict(account.answers)}

    # faults

    async def add_fault(self, request: Request) -> JSONResponse:
        wanted = await _json(request)
        served = self._network(wanted.pop("network"))
        served.script.add(Fault(**{**wanted, "effect": Effect(wanted["effect"])}))
        return JSONResponse({})

    async def clear_faults(self, request: Request) -> JSONResponse:
        for served in self._served.values():
            served.script.clear()
        return JSONResponse({})

    async def fired(self, request: Request) -> JSONResponse:
        return JSONResponse({slug: served.script.fired for slug, served in self._served.items()})

    async def late(self, request: Request) -> JSONResponse:
        return JSONResponse({slug: served.faulty.late_work for slug, served in self._served.items()})

    # what is there

    async def requests(self, _request: Request) -> JSONResponse:
        return JSONResponse({slug: served.requests for slug, served in self._served.items()})

    async def counts(self, request: Request) -> JSONResponse:
        return JSONResponse({slug: await one.network.accepted() for slug, one in self._served.items()})

    async def truth(self, request: Request) -> JSONResponse:
        served = self._network(request.query_params.get("network", ""))
        return JSONResponse([post.to_json() for post in await served.network.truth()])

    async def figures(self, request: Request) -> JSONResponse:
        wanted = await _json(request)
        network = self._network(wanted["network"]).network
        if "post" in wanted:
            post = await network.stored_post(wanted["post"])
            if post is None:
                raise HTTPException(404, "no such post")
            await network.save_post(replace(post, figures={**post.figures, **wanted["figures"]}))
        if "account" in wanted:
            account = await network.account(wanted["account"])
            if account is None:
                raise HTTPException(404, "no such account")
            await network.add_account(replace(account, followers=int(wanted["followers"])))
        return JSONResponse({})

    # how it behaves

    async def mood(self, request: Request) -> JSONResponse:
        wanted = await _json(request)
        network = self._network(wanted["network"]).network
        network.hide_new_for = float(wanted.get("hide_new_for", 0))
        network.flags = set(wanted.get("flags", ()))
        return JSONResponse({})

    async def latency(self, request: Request) -> JSONResponse:
        seconds = float((await _json(request))["latency_ms"]) / 1000
        for served in self._served.values():
            served.latency_seconds = seconds
        return JSONResponse({})

    # holds

    async def place_hold(self, request: Request) -> JSONResponse:
        wanted = await _json(request)
        hold = self._network(wanted["network"]).holds.place(
            wanted["operation"],
            moment=wanted.get("moment", "before"),
            account=wanted.get("account", ""),
            skip=int(wanted.get("skip", 0)),
        )
        return JSONResponse({"id": hold.id})

    def _hold(self, request: Request) -> tuple[ServedSandbox, Hold]:
        served = self._network(request.query_params.get("network", ""))
        hold = served.holds.named(request.path_params["id"])
        if hold is None:
            raise HTTPException(404, "no such hold")
        return served, hold

    async def watch_hold(self, request: Request) -> JSONResponse:
        _, hold = self._hold(request)
        try:
            async with asyncio.timeout(float(request.query_params.get("seconds", "0"))):
                await hold.reached.wait()
        except TimeoutError:
            return JSONResponse({"reached": False})
        return JSONResponse({"reached": True})

    async def release_hold(self, request: Request) -> JSONResponse:
        served, hold = self._hold(request)
        served.holds.release(hold, drop=request.query_params.get("drop") == "1")
        return JSONResponse({})


async def _json(request: Request) -> Any:
    try:
        return json.loads(await request.body())
    except ValueError as error:
        raise HTTPException(400, "a JSON body is wanted") from error
