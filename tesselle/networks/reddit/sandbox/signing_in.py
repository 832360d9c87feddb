"""Signing in, as Reddit answers: a refresh token that stays, and a no that comes with HTTP 200."""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.connectors.sandbox.oauth2 import Manner, OAuthPages
from tesselle.networks.reddit.sandbox import wire
from tesselle.simulation.network import SimulatedNetwork

ACCESS_SECONDS = 86_400
MANNER = Manner(pkce="none", client_in="basic", access_seconds=ACCESS_SECONDS, refresh="kept")


class SigningIn:
    def __init__(self, network: SimulatedNetwork) -> None:
        self.pages = OAuthPages(network, lambda request: MANNER)

    async def token(self, request: Request) -> Response:
        form = await request.form()
        answer = await self.pages.token(request)
        if answer.status_code == 401:
            return wire.plain(401, "Unauthorized").response
        if answer.status_code != 200:
            is_code = form.get("grant_type") == "authorization_code"
            return (
                JSONResponse({"error": "invalid_grant"})
                if is_code
                else wire.plain(400, "Bad Request").response
            )
        told = json.loads(bytes(answer.body))
        refresh = told.get("refresh_token") or str(form.get("refresh_token", ""))
        return JSONResponse(
            {
                "access_token": told["access_token"],
                "token_type": "bearer",
                "expires_in": ACCESS_SECONDS,
                "refresh_token": refresh,
                "scope": told["scope"],
            }
        )
