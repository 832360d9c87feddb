"""Sign-in pages of an application of its own: a form for the code, then addresses without a version for the
lasting token."""

from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.connectors.sandbox.graph import errors
from tesselle.connectors.sandbox.graph.wire import params, words
from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET, Manner, OAuthPages
from tesselle.simulation.network import SimulatedNetwork

HOUR, SIXTY_DAYS = 3_600, 5_184_000


class LastingLoginPages:
    """`prefix`: how its grants' names begin; `kind`: what it calls its tokens; `wraps`: the first answer comes
    inside a list, with the rights that were given."""

    def __init__(self, network: SimulatedNetwork, prefix: str, kind: str, *, wraps: bool) -> None:
        self._network = network
        self._prefix, self._kind, self._wraps = prefix, kind, wraps
        self.pages = OAuthPages(network, lambda _request: Manner(pkce="none", scope_separator=","))

    async def token(self, request: Request) -> Response:
        data = await params(request)
        grant = await self._network.kept("codes", words(data, "code"))
        await self._network.forget("codes", words(data, "code"))
        if (words(data, "client_id"), words(data, "client_secret")) != (PRACTICE_ID, PRACTICE_SECRET):
            return _refusal("Invalid platform app")
        if words(data, "grant_type") != "authorization_code":
            return _refusal("Invalid grant_type")
        if grant is None or datetime.fromisoformat(grant["until"]) <= self._network.clock():
            return _refusal("This authorization code has been used")
        if grant["redirect_uri"] != words(data, "redirect_uri"):
            return _refusal("Error validating verification code")
        row = {
            "account": grant["account"],
            "app": PRACTICE_ID,
            "scopes": grant["scopes"],
            "type": self._kind,
        }
        answer = await self._issue(row, HOUR)
        told = {"access_token": answer["access_token"], "user_id": grant["account"]}
        if not self._wraps:
            return JSONResponse(told)
        return JSONResponse({"data": [{**told, "permissions": ",".join(grant["scopes"].split())}]})

    async def lasting(self, request: Request) -> Response:
        data = await params(request)
        if (
            words(data, "client_secret") != PRACTICE_SECRET
            or words(data, "grant_type") != f"{self._prefix}_exchange_token"
        ):
            raise errors.invalid("client_secret")
        return JSONResponse(await self._issue(await self._row(words(data, "access_token")), SIXTY_DAYS))

    async def renewed(self, request: Request) -> Response:
        """Not one of the same day."""
        data = await params(request)
        row, now = await self._row(words(data, "access_token")), self._network.clock()
        if (
            words(data, "grant_type") != f"{self._prefix}_refresh_token"
            or str(row["expires_at"]) <= now.isoformat()
        ):
            raise errors.expired()
        if now - datetime.fromisoformat(row["made_at"]) < timedelta(hours=24):
            raise errors.invalid("The access token is less than 24 hours old")
        return JSONResponse(await self._issue(row, SIXTY_DAYS))

    async def _row(self, token: str) -> dict[str, Any]:
        kept = await self._network.kept("tokens", token)
        if kept is None or kept.get("type") != self._kind:
            raise errors.GraphRefusal(400, 190, "Invalid OAuth access token.", 467)
        return kept

    async def _issue(self, row: dict[str, Any], seconds: int) -> dict[str, Any]:
        number, now = await self._network.next_id("tokens"), self._network.clock()
        token, until = f"{self._prefix}-token-{number}", now + timedelta(seconds=seconds)
        dated = {**row, "expires_at": until.isoformat(), "made_at": now.isoformat()}
        await self._network.keep("tokens", token, dated)
        return {"access_token": token, "token_type": "bearer", "expires_in": seconds}


def _refusal(message: str) -> JSONResponse:
    """Not the Graph API's shape: this address is an older one."""
    return JSONResponse({"error_type": "OAuthException", "code": 400, "error_message": message}, 400)
