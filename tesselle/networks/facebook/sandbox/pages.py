"""Who signs in, which Pages they run, and with which rights."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.connectors.sandbox.graph.wire import Caller, caller, chosen, page_of, params
from tesselle.simulation.network import SimAccount, SimulatedNetwork

USAGE = '{"call_count":12,"total_time":7,"total_cputime":3}'


class Pages:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def me(self, request: Request) -> JSONResponse:
        """With a Page's token the Page, with a person's the person."""
        data = await params(request)
        who = await caller(request, data, self._network)
        if who.kind == "PAGE":
            return JSONResponse(chosen(page_fields(who.account), data, ("name",)))
        owner = str(who.account.facts["owner"])
        return JSONResponse(chosen({"id": f"7{owner}", "name": f"Person {owner}"}, data, ("name",)))

    async def accounts(self, request: Request) -> JSONResponse:
        data = await params(request)
        who = await caller(request, data, self._network)
        if who.kind == "PAGE":
            return JSONResponse({"data": []})
        who.needs("pages_show_list")
        own = [
            one for one in await self._network.accounts() if one.facts["owner"] == who.account.facts["owner"]
        ]
        rows = [{**page_fields(one), "access_token": await self._token(one, who)} for one in own]
        for row, one in zip(rows, own, strict=True):
            row["tasks"] = one.facts["tasks"]
        return JSONResponse(page_of(rows, request, data, ("name", "access_token", "category", "tasks")))

    async def _token(self, page: SimAccount, who: Caller) -> str:
        """One without an end from a person's lasting token, else one that dies with it."""
        kept = await self._network.kept("tokens", who.token) or {}
        token = f"page-token-{page.id}-{who.token.rpartition('-')[2]}"
        row = {"account": page.id, "app": who.app, "scopes": kept["scopes"], "type": "PAGE"}
        if not kept.get("long"):
            row["expires_at"] = kept["expires_at"]
        await self._network.keep("tokens", token, row)
        return token

    async def permissions(self, request: Request) -> JSONResponse:
        who = await caller(request, await params(request), self._network)
        rows = [{"permission": scope, "status": "granted"} for scope in sorted(who.scopes)]
        return JSONResponse({"data": rows})


def page_fields(page: SimAccount) -> dict[str, Any]:
    return {
        "id": page.id,
        "name": page.name,
        "username": page.handle,
        "link": f"https://www.facebook.com/{page.handle}",
        "category": page.facts["category"],
        "followers_count": page.followers,
    }
