"""The sign-in pages of a make-believe network: OAuth 2 as its own documentation tells it.

Shares the card's numbers and spellings with the connector, none of its code. What is kept on the
simulated network: `apps`, `codes`, `refresh`, and `tokens`: `{"account", "app", "scopes",
"expires_at"}`, which the rest of a sandbox reads.
"""

import base64
import hashlib
import html
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from urllib.parse import unquote, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from tesselle.connectors.card import Pkce
from tesselle.simulation.network import SimAccount, SimulatedNetwork

PRACTICE_ID, PRACTICE_SECRET = "practice-app", "practice-secret"
"""An application that every make-believe network knows, with any redirect: for tests and for trying
the sign-in over loopback."""

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a network signs people in. `access_seconds` 0: tokens do not run out.

    `refresh`: `rotated` for a new refresh token with each answer, the old one being worth nothing
    from then on; `kept` for one that stays; `none`. `revoked_refresh_ends`: what its page says.
    """

    pkce: Pkce = "S256"
    needs_pkce: bool = False
    client_in: Literal["body", "basic"] = "body"
    client_id_field: str = "client_id"
    scope_separator: str = " "
    access_seconds: int = 0
    refresh: Literal["none", "kept", "rotated"] = "none"
    code_seconds: int = 600


Offered = Callable[[Request], Awaitable[list[SimAccount]]]


class OAuthPages:
    """`offered`: the accounts that a person at this page can be; every one unless told."""

    def __init__(
        self,
        network: SimulatedNetwork,
        manner_of: Callable[[Request], Manner],
        offered: Offered | None = None,
    ) -> None:
        self._network = network
        self._manner_of = manner_of
        self._offered = offered

    async def keep_app(self, app_id: str, name: str, secret: str, scopes: str, redirects: list[str]) -> None:
        app = {"name": name, "secret": secret, "scopes": scopes, "redirect_uris": redirects}
        await self._network.keep("apps", app_id, app)

    async def _app(self, app_id: str) -> dict[str, Any] | None:
        if app_id == PRACTICE_ID:
            return {"name": "Tesselle", "secret": PRACTICE_SECRET, "scopes": "", "redirect_uris": None}
        return await self._network.kept("apps", app_id)

    # the page on which a person says yes

    async def _asked(self, request: Request) -> dict[str, Any] | None:
        query, manner = request.query_params, self._manner_of(request)
        app = await self._app(query.get(manner.client_id_field, ""))
        redirects = None if app is None else app["redirect_uris"]
        is_known = redirects is None or query.get("redirect_uri") in redirects
        if app is None or not is_known or query.get("response_type") != "code":
            return None
        if manner.needs_pkce and not query.get("code_challenge"):
            return None
        return app

    async def authorize(self, request: Request) -> Response:
        """Here one chooses who one is."""
        app = await self._asked(request)
        if app is None:
            return HTMLResponse("Client authentication failed", 401)
        offered = await self._offered(request) if self._offered else await self._network.accounts()
        buttons = "".join(
            f'<p><button name="account" value="{html.escape(one.id)}">{html.escape(one.handle)}</button></p>'
            for one in offered
        )
        no = '<p><button name="deny" value="1">No, go back</button></p>'
        page = f"<h1>{html.escape(app['name'])} asks for access</h1><form method='post'>{buttons}{no}</form>"
        return HTMLResponse(f"<!doctype html><title>Sign in</title>{page}")

    async def approve(self, request: Request) -> Response:
        query, manner = request.query_params, self._manner_of(request)
        app = await self._asked(request)
        if app is None:
            return HTMLResponse("Client authentication failed", 401)
        form = await request.form()
        state = {"state": query["state"]} if "state" in query else {}
        if form.get("deny"):
            return _back(query["redirect_uri"], {"error": "access_denied"} | state)
        code = f"code-{await self._network.next_id('codes')}"
        grant = {
            "client_id": query[manner.client_id_field],
            "redirect_uri": query["redirect_uri"],
            "scopes": " ".join(query.get("scope", app["scopes"]).split(manner.scope_separator)),
            "challenge": query.get("code_challenge", ""),
            "account": str(form.get("account", "")),
            "until": (self._network.clock() + timedelta(seconds=manner.code_seconds)).isoformat(),
        }
        await self._network.keep("codes", code, grant)
        if query["redirect_uri"] == OUT_OF_BAND:
            return HTMLResponse(f"<code>{code}</code>")
        return _back(query["redirect_uri"], {"code": code} | state)

    # the token's address

    async def token(self, request: Request) -> Response:
        manner, data = self._manner_of(request), await _form(request)
        app_id, secret = _client(request, data, manner)
        app = await self._app(app_id)
        if app is None or secret != app["secret"]:
            return error(401, "invalid_client", "Client authentication failed")
        grant = await self._grant(data, manner)
        if grant is None or grant["client_id"] != app_id:
            return error(400, "invalid_grant", "The provided authorization grant is invalid or expired.")
        return JSONResponse(await self._issue(grant, app["name"], manner, data.get("refresh_token", "")))

    async def _grant(self, data: Mapping[str, str], manner: Manner) -> dict[str, Any] | None:
        if data.get("grant_type") == "refresh_token":
            kept = await self._network.kept("refresh", data.get("refresh_token", ""))
            if manner.refresh == "rotated":
                await self._network.forget("refresh", data.get("refresh_token", ""))
            return kept
        grant = await self._network.kept("codes", data.get("code", ""))
        await self._network.forget("codes", data.get("code", ""))
        if grant is None or datetime.fromisoformat(grant["until"]) <= self._network.clock():
            return None
        is_ours = grant["redirect_uri"] == data.get("redirect_uri")
        return grant if is_ours and _verifies(grant, data, manner) else None

    async def _issue(self, grant: dict[str, Any], app: str, manner: Manner, refreshed: str) -> dict[str, Any]:
        number, now = await self._network.next_id("tokens"), self._network.clock()
        kept = {"account": grant["account"], "app": app, "scopes": grant["scopes"]}
        answer: dict[str, Any] = {
            "access_token": f"token-{number}",
            "token_type": "Bearer",
            "scope": manner.scope_separator.join(grant["scopes"].split()),
            "created_at": int(now.timestamp()),
        }
        if manner.access_seconds:
            kept["expires_at"] = (now + timedelta(seconds=manner.access_seconds)).isoformat()
            answer["expires_in"] = manner.access_seconds
        if manner.refresh == "rotated" or (manner.refresh == "kept" and not refreshed):
            answer["refresh_token"] = kept["refresh"] = f"refresh-{number}"
            await self._network.keep("refresh", f"refresh-{number}", grant)
        await self._network.keep("tokens", f"token-{number}", kept)
        return answer

    async def revoke(self, request: Request) -> Response:
        """Ends the token, whichever of the two is named, and the refresh token with it."""
        named = (await _form(request)).get("token", "")
        kept = await self._network.kept("tokens", named) or {}
        await self._network.forget("tokens", named)
        for refresh in (named, str(kept.get("refresh", ""))):
            await self._network.forget("refresh", refresh)
        return JSONResponse({})


def _client(request: Request, data: Mapping[str, str], manner: Manner) -> tuple[str, str]:
    if manner.client_in == "basic":
        kind, _, words = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "basic":
            return "", ""
        app_id, _, secret = base64.b64decode(words).decode().partition(":")
        return unquote(app_id), unquote(secret)
    return data.get(manner.client_id_field, ""), data.get("client_secret", "")


def _verifies(grant: Mapping[str, Any], data: Mapping[str, str], manner: Manner) -> bool:
    """The verifier whose digest was shown at the beginning; where none was shown, none is wanted."""
    if not grant["challenge"]:
        return manner.pkce == "none" or not manner.needs_pkce
    digest = hashlib.sha256(data.get("code_verifier", "").encode())
    shown = base64.urlsafe_b64encode(digest.digest()).decode().rstrip("=")
    return bool(grant["challenge"] == (digest.hexdigest() if manner.pkce == "hex" else shown))


async def _form(request: Request) -> dict[str, str]:
    """Some clients send JSON."""
    if request.headers.get("content-type", "").startswith("application/json"):
        return {str(name): str(value) for name, value in (await request.json()).items()}
    return {name: str(value) for name, value in (await request.form()).items()}


def _back(redirect: str, answer: Mapping[str, str]) -> Response:
    glue = "&" if "?" in redirect else "?"
    return RedirectResponse(f"{redirect}{glue}{urlencode(answer)}", 302)


def error(status: int, code: str, description: str) -> JSONResponse:
    return JSONResponse({"error": code, "error_description": description}, status)
