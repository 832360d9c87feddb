"""What its sign-in has beyond its sister's: a token of the application's own, and the inspection of tokens."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.connectors.sandbox.graph import errors
from tesselle.connectors.sandbox.graph.lasting import LastingLoginPages
from tesselle.connectors.sandbox.graph.wire import params, token_of, words
from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET
from tesselle.simulation.network import SimulatedNetwork

OWN = f"TH|{PRACTICE_ID}|{PRACTICE_SECRET}"


class ThreadsLoginPages(LastingLoginPages):
    def __init__(self, network: SimulatedNetwork) -> None:
        super().__init__(network, "th", "THREADS", wraps=False)

    async def own_token(self, request: Request) -> Response:
        data = await params(request)
        if words(data, "grant_type") != "client_credentials":
            raise errors.invalid("grant_type")
        if (words(data, "client_id"), words(data, "client_secret")) != (PRACTICE_ID, PRACTICE_SECRET):
            raise errors.GraphRefusal(400, 101, "Error validating application.")
        return JSONResponse({"access_token": OWN, "token_type": "bearer"})

    async def debug(self, request: Request) -> Response:
        data = await params(request)
        asked, now = words(data, "input_token"), self._network.clock()
        if token_of(request, data) not in {OWN, asked}:
            raise errors.invalid("access_token")
        kept = await self._network.kept("tokens", asked)
        if kept is None:
            return JSONResponse({"data": {"is_valid": False, "scopes": []}})
        until = str(kept.get("expires_at", ""))
        told = {
            "type": "USER",
            "application": kept["app"],
            "user_id": kept["account"],
            "is_valid": not until or until > now.isoformat(),
            "expires_at": int(datetime.fromisoformat(until).timestamp()) if until else 0,
            "issued_at": int(now.timestamp()),
            "scopes": str(kept["scopes"]).split(),
        }
        return JSONResponse({"data": told})
