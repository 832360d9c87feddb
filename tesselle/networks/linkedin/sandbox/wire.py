"""How LinkedIn is asked and answers: headers, Rest.li's query strings, its error envelope, rights."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.simulation.network import SimAccount, SimulatedNetwork

OLDEST_ACTIVE = "202601"
PAGE, PERSON = "urn:li:organization:", "urn:li:person:"
ROLES_THAT_POST = {"ADMINISTRATOR", "CONTENT_ADMINISTRATOR", "DIRECT_SPONSORED_CONTENT_POSTER"}


class RefusedError(HTTPException):
    def __init__(self, status: int, code: str, message: str, service: int = 0) -> None:
        super().__init__(status, message)
        self.body = {"status": status, "code": code, "message": message, "serviceErrorCode": service}


async def answer_refusal(request: Request, error: Exception) -> JSONResponse:
    body = error.body if isinstance(error, RefusedError) else {"status": 404, "message": "No such resource"}
    return JSONResponse(body, int(str(body["status"])))


def denied(what: str) -> RefusedError:
    return RefusedError(403, "ACCESS_DENIED", f"Not enough permissions to access: {what}", 100)


def not_found(what: str) -> RefusedError:
    return RefusedError(404, "NOT_FOUND", f"Could not find entity {what}")


@dataclass(frozen=True, slots=True)
class Caller:
    """The person a token speaks for, and with which rights."""

    person: str
    scopes: frozenset[str]

    def demand(self, scope: str, what: str) -> None:
        if scope not in self.scopes:
            raise denied(what)


def bearer(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


async def caller(request: Request, network: SimulatedNetwork) -> Caller:
    """A token got for a page is its administrator's. Raises LinkedIn's own 401."""
    token = bearer(request)
    if not token:
        raise RefusedError(401, "EMPTY_ACCESS_TOKEN", "Empty oauth2 access token", 65604)
    kept = await network.kept("tokens", token)
    if kept is None:
        raise RefusedError(
            401, "REVOKED_ACCESS_TOKEN", "The token used in the request has been revoked", 65601
        )
    if kept.get("expires_at") and kept["expires_at"] <= network.clock().isoformat():
        raise RefusedError(401, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired", 65602)
    account = await network.account(str(kept["account"]))
    assert account is not None
    person = str(account.facts.get("admin") or account.id)
    return Caller(person, frozenset(kept["scopes"].replace(",", " ").split()))


async def versioned(request: Request, network: SimulatedNetwork) -> Caller:
    """For everything below /rest: who asks, once the headers are right."""
    who = await caller(request, network)
    version = request.headers.get("linkedin-version", "")
    if not version:
        raise RefusedError(400, "VERSION_MISSING", "A version must be present. Please specify a version")
    if len(version) != 6 or version < OLDEST_ACTIVE or "sunset" in network.flags:
        raise RefusedError(426, "NONEXISTENT_VERSION", f"Requested version {version} is not active")
    if request.headers.get("x-restli-protocol-version") != "2.0.0":
        raise RefusedError(400, "ILLEGAL_ARGUMENT", "Rest.li protocol 2.0.0 is wanted")
    if b"urn:" in request.scope.get("raw_path", b"") or "urn:" in request.url.query:
        raise RefusedError(400, "ILLEGAL_ARGUMENT", "Invalid query parameters passed to request")
    return who


def query_of(request: Request) -> dict[str, Any]:
    """Rest.li: `List(a,b)` and `(key:value)` with their signs bare, values percent-encoded."""
    found: dict[str, Any] = {}
    for pair in request.url.query.split("&"):
        name, _, value = pair.partition("=")
        if value.startswith("List(") and value.endswith(")"):
            found[name] = [unquote(one) for one in value[5:-1].split(",") if one]
        elif value.startswith("(") and value.endswith(")"):
            pairs = (one.partition(":") for one in value[1:-1].split(","))
            found[name] = {unquote(key): unquote(inner) for key, _, inner in pairs}
        elif "%28" in value or "%2C" in value:
            raise RefusedError(403, "ACCESS_DENIED", "Unpermitted fields present in PARAMETER", 100)
        else:
            found[name] = unquote(value)
    return found


async def body_of(request: Request) -> dict[str, Any]:
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise RefusedError(400, "ILLEGAL_ARGUMENT", "Content-Type must be application/json")
    try:
        data = json.loads(await request.body() or b"{}")
    except ValueError:
        raise RefusedError(400, "ILLEGAL_ARGUMENT", "Cannot parse request entity") from None
    return data if isinstance(data, dict) else {}


async def author_for(who: Caller, author: str, network: SimulatedNetwork) -> SimAccount:
    """Whoever may post as that author. Raises 403."""
    account = await network.account(author)
    if account is None:
        raise RefusedError(400, "INVALID_URN_ID", f"author :: {author} does not exist")
    if author.startswith(PAGE):
        who.demand("w_organization_social", "partnerApiPosts.CREATE")
        may = account.facts.get("admin") == who.person and account.facts.get("role") in ROLES_THAT_POST
    else:
        who.demand("w_member_social", "partnerApiPosts.CREATE")
        may = author == who.person
    if not may:
        raise denied("partnerApiPosts.CREATE")
    return account


def milliseconds(instant: datetime) -> int:
    return int(instant.astimezone(UTC).timestamp() * 1000)


def paged(rows: Sequence[Mapping[str, Any]], request: Request) -> dict[str, Any]:
    query = request.query_params
    start, count = int(query.get("start", "0")), min(int(query.get("count", "10")), 100)
    paging = {"start": start, "count": count, "total": len(rows), "links": []}
    return {"elements": [*rows[start : start + count]], "paging": paging}


def units(text: str) -> int:
    """UTF-16 code units, told sign by sign."""
    return sum(2 if ord(sign) > 0xFFFF else 1 for sign in text)
