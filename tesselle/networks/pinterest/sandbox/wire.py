"""Pinterest's way of speaking: its errors, its tokens, its lists."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.simulation.network import SimAccount, SimulatedNetwork

LARGEST_PAGE = 250


class ProblemError(Exception):
    """An answer in Pinterest's own envelope."""

    def __init__(self, http: int, code: int, message: str, **more: Any) -> None:
        super().__init__(message)
        self.response = JSONResponse({"code": code, "message": message, **more}, http)


def unsigned() -> ProblemError:
    return ProblemError(401, 2, "Authentication failed.", status="failure")


def invalid(message: str) -> ProblemError:
    return ProblemError(400, 1, message)


def bearer(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


async def demand(request: Request, network: SimulatedNetwork, *scopes: str) -> SimAccount:
    """Whose token it is, if it holds every right that is asked for."""
    kept = await network.kept("tokens", bearer(request))
    account = await network.account(kept["account"]) if kept is not None else None
    if kept is None or account is None:
        raise unsigned()
    if kept.get("expires_at") and kept["expires_at"] <= network.clock().isoformat():
        raise unsigned()
    missing = [scope for scope in scopes if scope not in kept["scopes"].split()]
    if missing:
        message = f"Your token does not have sufficient permissions. Missing: ['{missing[0]}']"
        raise ProblemError(401, 3, message)
    return account


async def body_of(request: Request) -> dict[str, Any]:
    try:
        data = await request.json()
    except ValueError:
        raise invalid("Invalid JSON in the request body.") from None
    if not isinstance(data, dict):
        raise invalid(f"{data!r} is not of type 'object'")
    return data


def paged(request: Request, found: Sequence[Mapping[str, Any]]) -> Response:
    """A bookmark says nothing to whoever gets it; here it is a number."""
    params = request.query_params
    size, start = params.get("page_size", "25"), params.get("bookmark") or "0"
    if not size.isdecimal() or not 1 <= int(size) <= LARGEST_PAGE:
        raise invalid(f"{size} is greater than the maximum of {LARGEST_PAGE}")
    if not start.isdecimal():
        raise invalid("Invalid bookmark.")
    end = int(start) + int(size)
    bookmark = str(end) if end < len(found) else None
    return JSONResponse({"items": [dict(one) for one in found[int(start) : end]], "bookmark": bookmark})


def stamp(moment: datetime) -> str:
    """Without a zone: it is UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def account_json(account: SimAccount, pins: int, boards: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    is_business = account.facts.get("kind") == "business"
    return {
        "id": account.id,
        "username": account.handle,
        "account_type": "BUSINESS" if is_business else "PINNER",
        "business_name": account.name if is_business else None,
        "profile_image": "https://i.pinimg.example/280x280_RS/portrait.jpg",
        "website_url": "",
        "about": "",
        "board_count": len(boards),
        "pin_count": pins,
        "follower_count": account.followers,
        "following_count": 0,
        "monthly_views": 0,
    }
