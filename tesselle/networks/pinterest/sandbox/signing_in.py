"""Signing in, as Pinterest answers: rotated refresh tokens, its own envelope for what goes wrong."""

import json
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.connectors.sandbox.oauth2 import Manner, OAuthPages
from tesselle.networks.pinterest.sandbox import wire
from tesselle.simulation.network import SimulatedNetwork

ACCESS_SECONDS = 30 * 86_400
REFRESH_SECONDS = 60 * 86_400
MANNER = Manner(
    pkce="none",
    client_in="basic",
    scope_separator=",",
    access_seconds=ACCESS_SECONDS,
    refresh="rotated",
)


class SigningIn:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network
        self.pages = OAuthPages(network, lambda request: MANNER)

    async def token(self, request: Request) -> Response:
        grant = str((await request.form()).get("grant_type", ""))
        answer = await self.pages.token(request)
        told = json.loads(bytes(answer.body))
        if answer.status_code == 401:
            return wire.unsigned().response
        if answer.status_code != 200:
            return wire.ProblemError(400, 283, "The grant is invalid or has expired.").response
        until = self._network.clock() + timedelta(seconds=REFRESH_SECONDS)
        return JSONResponse(
            {
                "access_token": told["access_token"],
                "refresh_token": told["refresh_token"],
                "response_type": grant,
                "token_type": "bearer",
                "expires_in": ACCESS_SECONDS,
                "refresh_token_expires_in": REFRESH_SECONDS,
                "refresh_token_expires_at": int(until.timestamp()),
                "scope": told["scope"].replace(",", " "),
            }
        )
