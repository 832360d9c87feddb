"""How a server is asked and answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.networks.mastodon.sandbox.profiles import PROFILES, Profile
from tesselle.simulation.network import SimAccount, SimulatedNetwork


def refusal(status: int, words: str) -> HTTPException:
    return HTTPException(status, words)


async def answer_refusal(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail}, error.status_code)


NOT_FOUND = "Record not found"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, through which application, with which rights."""

    account: SimAccount
    app: str
    scopes: frozenset[str]

    def may(self, scope: str) -> bool:
        return scope in self.scopes or scope.split(":")[0] in self.scopes


@dataclass(frozen=True, slots=True)
class SentFile:
    mime: str
    data: bytes


def profile_of(request: Request) -> Profile:
    profile: Profile = request.scope.get("mastodon.profile", PROFILES["mastodon"])
    return profile


def bearer(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


async def caller(request: Request, network: SimulatedNetwork, scope: str = "") -> Caller:
    """Raises the server's own 401 or 403."""
    found = await known_caller(request, network)
    if found is None:
        raise refusal(401, "The access token is invalid")
    if scope and not found.may(scope):
        raise refusal(403, "This action is outside the authorized scopes")
    return found


async def known_caller(request: Request, network: SimulatedNetwork) -> Caller | None:
    token = bearer(request)
    kept = await network.kept("tokens", token) if token else None
    account = await network.account(kept["account"]) if kept is not None else None
    if kept is None or account is None or account.facts.get("software") != profile_of(request).slug:
        return None
    if kept.get("expires_at") and kept["expires_at"] <= network.clock().isoformat():
        return None
    return Caller(account, kept["app"], frozenset(kept["scopes"].split()))


async def params(request: Request) -> dict[str, Any]:
    """JSON or a form; in forms `name[]` is a list and `name[][field]` a list of mappings."""
    if request.headers.get("content-type", "").startswith("application/json"):
        data = json.loads(await request.body() or b"{}")
        return data if isinstance(data, dict) else {}
    found: dict[str, Any] = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                found[name] = SentFile(value.content_type or "", await value.read())
            else:
                _put(found, name, value)
    return found


def _put(found: dict[str, Any], name: str, value: str) -> None:
    if not name.endswith("]"):
        found[name] = value
        return
    base, _, rest = name.partition("[")
    items = found.setdefault(base, [])
    if not isinstance(items, list):
        return
    field = rest.rsplit("[", 1)[-1].rstrip("]")
    if not field or field.isdigit():
        items.append(value)
    elif items and isinstance(items[-1], dict) and field not in items[-1]:
        items[-1][field] = value
    else:
        items.append({field: value})


def is_yes(value: Any) -> bool:
    return str(value).lower() in {"true", "1", "on"}


def words(data: Mapping[str, Any], name: str) -> str:
    return str(data.get(name) or "")
