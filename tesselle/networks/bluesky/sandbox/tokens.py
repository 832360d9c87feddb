"""Session tokens: JSON Web Tokens as a PDS makes them."""

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request

from tesselle.networks.bluesky.sandbox.wire import XrpcError
from tesselle.simulation.network import SimAccount, SimulatedNetwork

ACCESS, REFRESH = "com.atproto.appPass", "com.atproto.refresh"
LIFE = {ACCESS: timedelta(hours=2), REFRESH: timedelta(days=90)}
SIGNING_KEY = b"sandbox"  # keeps honest clients honest; nothing real hangs on it


def _packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _signature(signed: str) -> str:
    return _packed(hmac.new(SIGNING_KEY, signed.encode(), hashlib.sha256).digest())


def mint(scope: str, account: SimAccount, now: datetime, jti: str = "") -> str:
    host = urlsplit(str(account.facts.get("base", ""))).hostname or "localhost"
    claims: dict[str, Any] = {
        "scope": scope,
        "sub": account.id,
        "aud": f"did:web:{host}",
        "iat": int(now.timestamp()),
        "exp": int((now + LIFE[scope]).timestamp()),
    }
    if jti:
        claims["jti"] = jti
    head = _packed(json.dumps({"typ": "at+jwt", "alg": "HS256"}).encode())
    signed = f"{head}.{_packed(json.dumps(claims).encode())}"
    return f"{signed}.{_signature(signed)}"


def claims_of(token: str) -> dict[str, Any] | None:
    """What a token of ours says; None for any other."""
    signed, _, signature = token.rpartition(".")
    if not signed or not hmac.compare_digest(signature.encode(), _signature(signed).encode()):
        return None
    claims: dict[str, Any] = json.loads(_unpacked(signed.partition(".")[2]))
    return claims


def bearer(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else ""


def checked(request: Request, scope: str, now: datetime) -> dict[str, Any]:
    token = bearer(request)
    if not token:
        raise XrpcError(401, "AuthMissing", "Authentication Required")
    claims = claims_of(token)
    if claims is None or claims["scope"] != scope:
        raise XrpcError(400, "InvalidToken", "Token could not be verified")
    if claims["exp"] <= now.timestamp():
        raise XrpcError(400, "ExpiredToken", "Token has expired")
    return claims


async def speaker(request: Request, network: SimulatedNetwork) -> SimAccount:
    """Whose access token it is."""
    claims = checked(request, ACCESS, network.clock())
    account = await network.account(claims["sub"])
    if account is None:
        raise XrpcError(403, "AccountNotFound", "Account not found")
    if "takedown" in network.flags:
        raise XrpcError(401, "AccountTakedown", "Account has been taken down")
    return account
