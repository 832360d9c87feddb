"""Reddit's way of speaking: its three shapes of a no, its tokens, its lists, its counters of calls."""

import html
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from tesselle.simulation.network import SimAccount, SimulatedNetwork

WINDOW_CALLS = 1_000
WINDOW_SECONDS = 600
NAMELESS = ("python-requests", "python/", "aiohttp", "python-httpx", "curl")
"""What libraries call themselves by default; nobody at all is no better."""
TEXTS = {"title", "selftext", "body", "url", "link_flair_text"}


class NoError(Exception):
    """An answer that says no, in one of Reddit's shapes."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


def listed(code: str, words: str, field: str = "") -> NoError:
    """(a): HTTP 200, and yet a no."""
    return NoError(JSONResponse({"json": {"errors": [[code, words, field]]}}))


def invalid(reason: str, explanation: str, field: str) -> NoError:
    """(b): what `validate_on_submit` finds."""
    told = {
        "message": "Bad Request",
        "error": 400,
        "error_type": "SUBMIT_VALIDATION_ERROR",
        "reason": reason,
        "explanation": explanation,
        "fields": [field],
    }
    return NoError(JSONResponse(told, 400))


def plain(status: int, message: str, reason: str = "", headers: Mapping[str, str] | None = None) -> NoError:
    """(c)."""
    told: dict[str, Any] = {"message": message, "error": status} | ({"reason": reason} if reason else {})
    return NoError(JSONResponse(told, status, dict(headers or {})))


def unsigned() -> NoError:
    return plain(
        401, "Unauthorized", headers={"www-authenticate": 'Bearer realm="reddit", error="invalid_token"'}
    )


def bearer(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


async def demand(request: Request, network: SimulatedNetwork, scope: str) -> SimAccount:
    """Whose token it is, if it holds the right that is asked for. Raises NoError."""
    agent = request.headers.get("user-agent", "").lower()
    if not agent or agent.startswith(NAMELESS):
        raise NoError(HTMLResponse("<html><body><h1>whoa there, pardner!</h1></body></html>", 429))
    kept = await network.kept("tokens", bearer(request))
    account = await network.account(kept["account"]) if kept is not None else None
    if kept is None or account is None:
        raise unsigned()
    if kept.get("expires_at") and kept["expires_at"] <= network.clock().isoformat():
        raise unsigned()
    if scope and not {scope, "*"} & set(kept["scopes"].split()):
        words = 'Bearer realm="reddit", error="insufficient_scope"'
        raise plain(403, "Forbidden", headers={"www-authenticate": words})
    return account


async def counted(network: SimulatedNetwork, response: Response) -> Response:
    """Every answer tells how many calls of the window are left."""
    used = await network.next_id("calls") % WINDOW_CALLS
    response.headers["x-ratelimit-used"] = str(used)
    response.headers["x-ratelimit-remaining"] = f"{WINDOW_CALLS - used}.0"
    response.headers["x-ratelimit-reset"] = str(WINDOW_SECONDS - int(network.clock().timestamp()) % 600)
    return response


async def form_of(request: Request) -> dict[str, str]:
    return {name: str(value) for name, value in (await request.form()).items()}


def made(data: Mapping[str, Any]) -> Response:
    return JSONResponse({"json": {"errors": [], "data": dict(data)}})


def answered(request: Request, data: Any) -> Response:
    """Without `raw_json` texts come with their signs escaped."""
    is_raw = request.query_params.get("raw_json") == "1"
    return JSONResponse(data if is_raw else _escaped(data))


def _escaped(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _escaped(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_escaped(inner) for inner in value]
    return html.escape(value, quote=False) if isinstance(value, str) and name in TEXTS else value


def listing(found: Sequence[Mapping[str, Any]], kind: str, after: str | None = None) -> dict[str, Any]:
    children = [{"kind": kind, "data": dict(one)} for one in found]
    data = {"after": after, "before": None, "dist": len(children), "modhash": None, "children": children}
    return {"kind": "Listing", "data": data}


def paged(request: Request, found: Sequence[Mapping[str, Any]], kind: str) -> Response:
    """`after`: the full name of the last one that was shown."""
    limit = request.query_params.get("limit", "25")
    size = min(int(limit), 100) if limit.isdecimal() else 25
    after = request.query_params.get("after")
    names = [str(one["name"]) for one in found]
    start = names.index(after) + 1 if after in names else 0
    page = found[start : start + size]
    following = str(page[-1]["name"]) if page and start + size < len(found) else None
    return answered(request, listing(page, kind, following))
