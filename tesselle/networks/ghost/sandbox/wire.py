"""The site's way of speaking: errors, tokens, lists, what it does to addresses."""

import base64
import hashlib
import hmac
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.simulation.network import SimAccount, SimulatedNetwork


class ProblemError(Exception):
    """An answer in the site's own envelope."""

    def __init__(self, status: int, kind: str, message: str, **more: Any) -> None:
        super().__init__(message)
        error = {"message": message, "context": None, "type": kind, "details": None, "property": None}
        error |= {"help": None, "code": None, "ghostErrorCode": None, **more}
        self.response = JSONResponse({"errors": [error]}, status)


def invalid(context: str, field: str | None = None) -> ProblemError:
    message = "Validation error, cannot save post."
    return ProblemError(422, "ValidationError", message, context=context, property=field)


def unsigned(message: str, code: str, status: int = 401) -> ProblemError:
    kind = "UnauthorizedError" if status == 401 else "BadRequestError"
    return ProblemError(status, kind, message, code=code)


def not_found(what: str = "read") -> ProblemError:
    message = f"Resource not found error, cannot {what} post."
    return ProblemError(404, "NotFoundError", message, context="Post not found.")


async def demand(request: Request, network: SimulatedNetwork) -> SimAccount:
    """The site's integration, whose token is checked by the letter."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme != "Ghost":
        raise ProblemError(403, "NoPermissionError", "Authorization failed")
    try:
        head, claims, digest = token.split(".")
        kid = json.loads(_decoded(head))["kid"]
        told = json.loads(_decoded(claims))
        given = _decoded(digest)
    except (ValueError, KeyError, TypeError):
        raise unsigned("Invalid token", "INVALID_JWT", 400) from None
    account = await network.account(request.path_params["site"])
    if account is None or account.secrets["kid"] != kid:
        raise unsigned("Unknown Admin API Key", "UNKNOWN_ADMIN_API_KEY")
    wanted = hmac.new(bytes.fromhex(account.secrets["secret"]), f"{head}.{claims}".encode(), hashlib.sha256)
    if not hmac.compare_digest(wanted.digest(), given):
        raise unsigned("Invalid token: invalid signature", "INVALID_JWT")
    if told.get("exp", 0) <= network.clock().timestamp():
        raise unsigned("Invalid token: jwt expired", "INVALID_JWT")
    if told.get("aud") != "/admin/" or told["exp"] - told.get("iat", 0) > 300:
        raise unsigned("Invalid token: maxAge exceeded", "INVALID_JWT")
    return account


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


async def fields_of(request: Request) -> dict[str, Any]:
    """The one post of a body."""
    try:
        data = await request.json()
    except ValueError:
        message = "An unexpected error occurred, please try again."
        raise ProblemError(400, "InternalServerError", message, code="UNEXPECTED_ERROR") from None
    posts = data.get("posts") if isinstance(data, dict) else None
    if not isinstance(posts, list) or len(posts) != 1 or not isinstance(posts[0], dict):
        raise invalid("Validation failed for posts.", "posts")
    return posts[0]


def paged(request: Request, name: str, found: Sequence[Mapping[str, Any]]) -> Response:
    params = request.query_params
    size, page = int(params.get("limit", 15)), int(params.get("page", 1))
    pages = max(1, -(-len(found) // size))
    pagination = {
        "page": page,
        "limit": size,
        "pages": pages,
        "total": len(found),
        "next": page + 1 if page < pages else None,
        "prev": page - 1 if page > 1 else None,
    }
    shown = list(found[(page - 1) * size : page * size])
    return JSONResponse({name: shown, "meta": {"pagination": pagination}})


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def slugged(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:185] or "post"
