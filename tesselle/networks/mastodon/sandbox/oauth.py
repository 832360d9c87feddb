"""Registering an application and signing in with the server's own page."""

import base64
import hashlib
import html
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from tesselle.networks.mastodon.sandbox.wire import params, profile_of, words
from tesselle.simulation.network import SimulatedNetwork

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"


class OAuth:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def register(self, request: Request) -> JSONResponse:
        data = await params(request)
        scopes = words(data, "scopes") or "read"
        if ":" in scopes and not profile_of(request).knows_fine_scopes:
            return _error(400, "invalid_scope", "The requested scope is invalid, unknown, or malformed.")
        number = await self._network.next_id("apps")
        client = {
            "name": words(data, "client_name"),
            "website": words(data, "website") or None,
            "scopes": scopes,
            "redirect_uris": words(data, "redirect_uris").split(),
            "secret": f"secret-of-app-{number}",
        }
        await self._network.keep("apps", f"app-{number}", client)
        return JSONResponse(
            {
                "id": str(number),
                "name": client["name"],
                "website": client["website"],
                "scopes": scopes.split(),
                "redirect_uri": words(data, "redirect_uris"),
                "redirect_uris": client["redirect_uris"],
                "client_id": f"app-{number}",
                "client_secret": client["secret"],
                "client_secret_expires_at": 0,
            }
        )

    async def _asked(self, query: Any) -> dict[str, Any] | None:
        client = await self._network.kept("apps", query.get("client_id", ""))
        if client is None or query.get("redirect_uri") not in client["redirect_uris"]:
            return None
        return client

    async def authorize(self, request: Request) -> Response:
        """The page on which a person says yes: here one chooses who one is."""
        client = await self._asked(request.query_params)
        if client is None:
            return HTMLResponse("Client authentication failed", 401)
        software = profile_of(request).slug
        buttons = "".join(
            f'<button name="account" value="{html.escape(one.id)}">{html.escape(one.handle)}</button>'
            for one in await self._network.accounts()
            if one.facts.get("software") == software
        )
        return HTMLResponse(f'<form method="post">{buttons}</form>')

    async def approve(self, request: Request) -> Response:
        query, form = request.query_params, await params(request)
        client = await self._asked(query)
        if client is None:
            return HTMLResponse("Client authentication failed", 401)
        code = f"code-{await self._network.next_id('codes')}"
        grant = {
            "client_id": query["client_id"],
            "redirect_uri": query["redirect_uri"],
            "scopes": query.get("scope", client["scopes"]),
            "challenge": query.get("code_challenge", ""),
            "account": words(form, "account"),
        }
        await self._network.keep("codes", code, grant)
        if query["redirect_uri"] == OUT_OF_BAND:
            return HTMLResponse(f"<code>{code}</code>")
        back = {"code": code} | ({"state": query["state"]} if "state" in query else {})
        return RedirectResponse(f"{query['redirect_uri']}?{urlencode(back)}", 302)

    async def token(self, request: Request) -> JSONResponse:
        data = await params(request)
        client = await self._network.kept("apps", words(data, "client_id"))
        if client is None or words(data, "client_secret") != client["secret"]:
            return _error(401, "invalid_client", "Client authentication failed")
        if words(data, "grant_type") == "refresh_token":
            grant = await self._network.kept("refresh", words(data, "refresh_token"))
            await self._network.forget("refresh", words(data, "refresh_token"))
        else:
            grant = await self._network.kept("codes", words(data, "code"))
            await self._network.forget("codes", words(data, "code"))
            if grant is not None and not _matches(grant, data):
                grant = None
        if grant is None or grant["client_id"] != words(data, "client_id"):
            return _error(400, "invalid_grant", "The provided authorization grant is invalid or expired.")
        return JSONResponse(await self._issue(request, grant, client["name"]))

    async def _issue(self, request: Request, grant: dict[str, Any], app: str) -> dict[str, Any]:
        number = await self._network.next_id("tokens")
        kept = {"account": grant["account"], "app": app, "scopes": grant["scopes"]}
        issued = {
            "access_token": f"token-{number}",
            "token_type": "Bearer",
            "scope": grant["scopes"],
            "created_at": int(self._network.clock().timestamp()),
        }
        days = profile_of(request).token_days
        if days:
            kept["expires_at"] = (self._network.clock() + timedelta(days=days)).isoformat()
            issued |= {"expires_in": days * 86_400, "refresh_token": f"refresh-{number}"}
            await self._network.keep("refresh", f"refresh-{number}", grant)
        await self._network.keep("tokens", f"token-{number}", kept)
        return issued

    async def revoke(self, request: Request) -> JSONResponse:
        await self._network.forget("tokens", words(await params(request), "token"))
        return JSONResponse({})


def _matches(grant: dict[str, Any], data: dict[str, Any]) -> bool:
    """The same redirect, and the verifier whose digest was shown at the beginning."""
    digest = hashlib.sha256(words(data, "code_verifier").encode()).digest()
    shown = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return grant["redirect_uri"] == words(data, "redirect_uri") and grant["challenge"] in {"", shown}


def _error(status: int, code: str, description: str) -> JSONResponse:
    return JSONResponse({"error": code, "error_description": description}, status)
