"""Who signs in, and which accounts that opens."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.connectors.sandbox.graph import errors
from tesselle.connectors.sandbox.graph.wire import Caller, caller, chosen, page_of, params
from tesselle.simulation.network import SimAccount, SimulatedNetwork


async def account_fields(account: SimAccount, network: SimulatedNetwork) -> dict[str, Any]:
    own = [post for post in await network.posts(account.id) if post.data.get("kind") == "media"]
    return {
        "id": account.id,
        "username": account.handle,
        "name": account.name,
        "followers_count": account.followers,
        "follows_count": 12,
        "media_count": len(own),
    }


class Accounts:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def me(self, request: Request) -> JSONResponse:
        """Only the direct door has it; `id` there belongs to the app, `user_id` is the account's."""
        data = await params(request)
        who = await caller(request, data, self._network)
        if who.kind != "INSTAGRAM":
            return JSONResponse(chosen({"id": who.account.facts["page"], "name": who.account.name}, data))
        fields = await account_fields(who.account, self._network)
        told = {"user_id": who.account.id, "account_type": "BUSINESS", "id": f"26{who.account.id[2:]}"}
        return JSONResponse(chosen({**fields, **told}, data, ("user_id", "username")))

    async def pages(self, request: Request) -> JSONResponse:
        data = await params(request)
        who = await caller(request, data, self._network)
        if who.kind != "USER":
            raise errors.invalid("Tried accessing nonexisting field (accounts)")
        who.needs("pages_show_list")
        rows = [await self._page(account, who) for account in await self._network.accounts()]
        rows.append({"id": "42", "name": "A Page without Instagram", "access_token": "page-token-42"})
        return JSONResponse(page_of(rows, request, data, ("name", "access_token")))

    async def _page(self, account: SimAccount, who: Caller) -> dict[str, Any]:
        token = f"page-token-{account.id}-{who.token.rpartition('-')[2]}"
        row = {"account": account.id, "app": who.app, "scopes": " ".join(who.scopes), "type": "PAGE"}
        await self._network.keep("tokens", token, row)
        linked = await account_fields(account, self._network)
        page = {"id": account.facts["page"], "name": f"{account.name} (Page)", "access_token": token}
        return {**page, "instagram_business_account": linked}
