"""Accounts and sessions: `com.atproto.server.*` and `com.atproto.identity.*`."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request

from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.networks.bluesky.limits import USUAL_BLOB_BYTES
from tesselle.networks.bluesky.sandbox import tokens
from tesselle.networks.bluesky.sandbox.wire import XrpcError, body_of, invalid, parameter, text_of
from tesselle.simulation.network import SimAccount, SimulatedNetwork

GRACE = timedelta(hours=2)
SIGN_INS, SIGN_IN_WINDOW = 30, timedelta(minutes=5)


async def open_account(network: SimulatedNetwork, base: str, handle: str, name: str) -> SandboxAccount:
    full = handle if "." in handle else f"{handle}.{network.slug}.example"
    digest = hashlib.sha256(full.encode()).digest()
    did = "did:plc:" + base64.b32encode(digest).decode().lower()[:24]
    letters = base64.b32encode(digest[::-1]).decode().lower()
    password = "-".join(letters[start : start + 4] for start in range(0, 16, 4))
    if await network.account(did) is None:
        facts = {"base": base}
        await network.add_account(SimAccount(did, full, name, {"password": password}, facts))
    return SandboxAccount(did, base, {"server": base, "handle": full, "app_password": password})


async def account_of(request: Request, network: SimulatedNetwork) -> str:
    """By the token, expired or not; the password sign-in names nobody before its body is read."""
    claims = tokens.claims_of(tokens.bearer(request))
    return "" if claims is None else str(claims["sub"])


async def find(network: SimulatedNetwork, name: str) -> SimAccount | None:
    """By DID or by handle."""
    if name.startswith("did:"):
        return await network.account(name)
    accounts = await network.accounts()
    return next((one for one in accounts if name in (one.id, one.handle)), None)


def did_document(account: SimAccount) -> dict[str, Any]:
    return {
        "@context": ["https://www.w3.org/ns/did/v1"],
        "id": account.id,
        "alsoKnownAs": [f"at://{account.handle}"],
        "verificationMethod": [],
        "service": [
            {
                "id": "#atproto_pds",
                "type": "AtprotoPersonalDataServer",
                "serviceEndpoint": account.facts.get("base", ""),
            }
        ],
    }


async def create_session(request: Request, network: SimulatedNetwork) -> dict[str, Any]:
    data = await body_of(request)
    identifier, password = text_of(data, "identifier"), text_of(data, "password")
    account = await find(network, identifier)
    if account is None or account.secrets.get("password") != password:
        raise XrpcError(401, "AuthenticationRequired", "Invalid identifier or password")
    await _count_sign_in(account, network)
    jti = str(await network.next_id("sessions"))
    await network.keep("sessions", jti, {"successor": "", "revoked_at": "", "replaced_at": ""})
    return _session(account, jti, network.clock())


async def _count_sign_in(account: SimAccount, network: SimulatedNetwork) -> None:
    now = network.clock()
    kept = await network.kept("sign_ins", account.id) or {"at": []}
    recent = [at for at in kept["at"] if datetime.fromisoformat(at) > now - SIGN_IN_WINDOW]
    if len(recent) >= SIGN_INS:
        raise XrpcError(429, "RateLimitExceeded", "Rate Limit Exceeded")
    await network.keep("sign_ins", account.id, {"at": [*recent, now.isoformat()]})


def _session(account: SimAccount, jti: str, now: datetime) -> dict[str, Any]:
    return {
        "accessJwt": tokens.mint(tokens.ACCESS, account, now),
        "refreshJwt": tokens.mint(tokens.REFRESH, account, now, jti),
        "handle": account.handle,
        "did": account.id,
        "didDoc": did_document(account),
        "active": True,
    }


async def refresh_session(request: Request, network: SimulatedNetwork) -> dict[str, Any]:
    """A used refresh token keeps working for two hours, and leads to the same successor."""
    now = network.clock()
    claims = tokens.checked(request, tokens.REFRESH, now)
    account = await network.account(claims["sub"])
    kept = await network.kept("sessions", claims["jti"])
    if account is None or kept is None or _is_over(kept, now):
        raise XrpcError(400, "ExpiredToken", "Token has been revoked")
    successor = kept["successor"]
    if not successor:
        successor = str(await network.next_id("sessions"))
        fresh = {"successor": "", "revoked_at": "", "replaced_at": ""}
        await network.keep("sessions", successor, fresh)
        changed = {**kept, "successor": successor, "replaced_at": now.isoformat()}
        await network.keep("sessions", claims["jti"], changed)
    return _session(account, successor, now)


def _is_over(kept: Mapping[str, Any], now: datetime) -> bool:
    if kept["revoked_at"]:
        return True
    replaced = kept["replaced_at"]
    return bool(replaced) and datetime.fromisoformat(replaced) + GRACE < now


async def delete_session(request: Request, network: SimulatedNetwork) -> dict[str, Any]:
    claims = tokens.checked(request, tokens.REFRESH, network.clock())
    kept = await network.kept("sessions", claims["jti"]) or {}
    revoked = {**kept, "revoked_at": network.clock().isoformat()}
    await network.keep("sessions", claims["jti"], revoked)
    return {}


async def get_session(request: Request, network: SimulatedNetwork) -> dict[str, Any]:
    account = await tokens.speaker(request, network)
    return {
        "handle": account.handle,
        "did": account.id,
        "didDoc": did_document(account),
        "active": True,
    }


async def describe_server(request: Request, network: SimulatedNetwork) -> dict[str, Any]:
    return {
        "did": f"did:web:{request.url.hostname}",
        "availableUserDomains": [f".{network.slug}.example"],
        "inviteCodeRequired": False,
        "links": {},
        "blobUploadLimit": USUAL_BLOB_BYTES,
    }


async def service_auth(request: Request, network: SimulatedNetwork) -> dict[str, Any]:
    account = await tokens.speaker(request, network)
    parameter(request, "aud")
    now = network.clock()
    expires = int(request.query_params.get("exp", now.timestamp() + 60))
    if expires > now.timestamp() + 3600:
        said = "cannot request a token with an expiration more than an hour in the future"
        raise XrpcError(400, "BadExpiration", said)
    return {"token": tokens.mint(tokens.ACCESS, replace(account), now)}


async def resolve_handle(request: Request, network: SimulatedNetwork) -> dict[str, Any]:
    account = await find(network, parameter(request, "handle"))
    if account is None:
        raise invalid("Unable to resolve handle")
    return {"did": account.id}
