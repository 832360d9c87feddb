"""What the make-believe Google networks share: the sign-in, whose token it is, both kinds of errors."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET, Manner, OAuthPages, Offered
from tesselle.simulation.network import SimAccount, SimulatedNetwork

MANNER = Manner(pkce="S256", access_seconds=3_599, refresh="kept")


class ProblemError(Exception):
    """`reason`: as the elder APIs put it; `details`: as the younger ones do."""

    def __init__(
        self,
        http: int,
        message: str,
        reason: str = "",
        *,
        status: str = "",
        domain: str = "global",
        details: list[dict[str, Any]] | None = None,
    ) -> None:
        super().__init__(message)
        error: dict[str, Any] = {"code": http, "message": message}
        if reason:
            error["errors"] = [{"domain": domain, "reason": reason, "message": message}]
        error |= {"status": status} if status else {}
        error |= {"details": details} if details else {}
        self.response = JSONResponse({"error": error}, http)


def unsigned() -> ProblemError:
    words = "Request had invalid authentication credentials. Expected OAuth 2 access token."
    return ProblemError(401, words, "authError", status="UNAUTHENTICATED")


def token_of(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


async def caller(request: Request, network: SimulatedNetwork, *scopes: str) -> SimAccount:
    """Whose token it is; one of the scopes is enough."""
    kept = await network.kept("tokens", token_of(request))
    account = await network.account(kept["account"]) if kept is not None else None
    if kept is None or account is None:
        raise unsigned()
    if kept.get("expires_at") and kept["expires_at"] <= network.clock().isoformat():
        raise unsigned()
    if scopes and not set(scopes) & set(kept["scopes"].split()):
        words = "Request had insufficient authentication scopes."
        raise ProblemError(403, words, "insufficientPermissions", status="PERMISSION_DENIED")
    return account


async def account_of(request: Request, network: SimulatedNetwork) -> str:
    kept = await network.kept("tokens", token_of(request))
    return str(kept["account"]) if kept is not None else ""


async def body_of(request: Request) -> dict[str, Any]:
    try:
        data = await request.json()
    except ValueError:
        raise ProblemError(400, "Invalid JSON payload received.", "parseError") from None
    if not isinstance(data, dict):
        raise ProblemError(400, "Root element must be a message.", "parseError")
    return data


class SignIn:
    """Google's pages. A refresh brings no new refresh token; revoking takes the token in the query too."""

    def __init__(self, network: SimulatedNetwork, offered: Offered | None = None) -> None:
        self._network = network
        self._pages = OAuthPages(network, lambda request: MANNER, offered)

    def routes(self) -> list[Route]:
        return [
            Route("/o/oauth2/v2/auth", self._pages.authorize, methods=["GET"]),
            Route("/o/oauth2/v2/auth", self._pages.approve, methods=["POST"]),
            Route("/token", self._pages.token, methods=["POST"]),
            Route("/revoke", self.revoke, methods=["POST"]),
        ]

    async def revoke(self, request: Request) -> Response:
        """Whichever of the two is named, all that came of that sign-in ends."""
        named = str(request.query_params.get("token") or (await request.form()).get("token") or "")
        for token, kept in await _tokens(self._network):
            if named in {token, kept.get("refresh")}:
                await self._network.forget("tokens", token)
                await self._network.forget("refresh", str(kept.get("refresh", "")))
        await self._network.forget("refresh", named)
        return JSONResponse({})


async def _tokens(network: SimulatedNetwork) -> list[tuple[str, Mapping[str, Any]]]:
    last = await network.next_id("tokens")
    found = [(f"token-{number}", await network.kept("tokens", f"token-{number}")) for number in range(last)]
    return [(token, kept) for token, kept in found if kept is not None]


async def signed_in(
    network: SimulatedNetwork, account: SimAccount, scopes: tuple[str, ...]
) -> dict[str, str]:
    """The credentials that signing in would have brought, by an application every sandbox knows."""
    token, refresh = f"ya29.{account.id}", f"1//{account.id}"
    kept = {"account": account.id, "app": "Tesselle", "scopes": " ".join(scopes), "refresh": refresh}
    await network.keep("tokens", token, kept)
    grant = {"client_id": PRACTICE_ID, "account": account.id, "scopes": " ".join(scopes)}
    await network.keep("refresh", refresh, grant)
    return {
        "access_token": token,
        "refresh_token": refresh,
        "scope": " ".join(scopes),
        "client_id": PRACTICE_ID,
        "client_secret": PRACTICE_SECRET,
        "way": "google",
    }
