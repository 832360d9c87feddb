"""The sign-in page, the token's address and the inspection of tokens."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.connectors.sandbox.graph import errors
from tesselle.connectors.sandbox.graph.wire import params, words
from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET, Manner, OAuthPages
from tesselle.simulation.network import SimAccount, SimulatedNetwork

SHORT_SECONDS = 5_400
LONG_SECONDS = 5_184_000
READS_DAYS = 90

Offered = Callable[[Request], Awaitable[list[SimAccount]]]


class GraphLoginPages:
    """Rows of `tokens`: those of `OAuthPages`, with `type` and `long`."""

    def __init__(self, network: SimulatedNetwork, offered: Offered | None = None) -> None:
        self._network = network
        self.pages = OAuthPages(network, lambda _request: Manner(pkce="none", scope_separator=","), offered)

    async def token(self, request: Request) -> Response:
        data = await params(request)
        await self._check_app(words(data, "client_id"), words(data, "client_secret"))
        if words(data, "grant_type") == "fb_exchange_token":
            return await self._lasting(words(data, "fb_exchange_token"))
        grant = await self._network.kept("codes", words(data, "code"))
        await self._network.forget("codes", words(data, "code"))
        if grant is None or datetime.fromisoformat(grant["until"]) <= self._network.clock():
            raise errors.GraphRefusal(400, 100, "This authorization code has been used.", 36009)
        if grant["redirect_uri"] != words(data, "redirect_uri"):
            raise errors.GraphRefusal(400, 100, "Error validating verification code.", 36008)
        row = {"account": grant["account"], "app": grant["client_id"], "scopes": grant["scopes"]}
        return JSONResponse(await self._issue(row, SHORT_SECONDS))

    async def _check_app(self, app_id: str, secret: str) -> None:
        kept = await self._network.kept("apps", app_id)
        known = {"secret": PRACTICE_SECRET} if app_id == PRACTICE_ID else kept
        if known is None:
            words = "Error validating application. Cannot get application info due to a system error."
            raise errors.GraphRefusal(400, 101, words)
        if known["secret"] != secret:
            raise errors.GraphRefusal(400, 1, "Error validating client secret.")

    async def _lasting(self, short: str) -> JSONResponse:
        kept = await self._network.kept("tokens", short)
        if kept is None:
            raise errors.GraphRefusal(400, 190, "Invalid OAuth access token.", 467)
        return JSONResponse(await self._issue({**kept, "long": True}, LONG_SECONDS))

    async def _issue(self, row: dict[str, Any], seconds: int) -> dict[str, Any]:
        number, now = await self._network.next_id("tokens"), self._network.clock()
        token = f"user-token-{number}"
        until = (now + timedelta(seconds=seconds)).isoformat()
        await self._network.keep("tokens", token, {**row, "type": "USER", "expires_at": until})
        return {"access_token": token, "token_type": "bearer", "expires_in": seconds}

    async def debug(self, request: Request) -> Response:
        data = await params(request)
        app_id, _, secret = words(data, "access_token").partition("|")
        await self._check_app(app_id, secret)
        kept = await self._network.kept("tokens", words(data, "input_token"))
        if kept is None:
            lost = {"code": 190, "message": "Invalid OAuth access token.", "subcode": 467}
            return JSONResponse({"data": {"is_valid": False, "error": lost, "scopes": []}})
        until, now = str(kept.get("expires_at", "")), self._network.clock()
        told = {
            "app_id": kept["app"],
            "type": kept.get("type", "USER"),
            "is_valid": not until or until > now.isoformat(),
            "expires_at": int(datetime.fromisoformat(until).timestamp()) if until else 0,
            "data_access_expires_at": int((now + timedelta(days=READS_DAYS)).timestamp()),
            "scopes": str(kept["scopes"]).split(),
        }
        return JSONResponse({"data": told})
