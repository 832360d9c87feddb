"""The envelope of every answer, and who asks."""

import json
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.simulation.network import SimAccount, SimulatedNetwork

LOG_ID = "20261123093000PRACTICE"


def envelope(data: Any = None, code: str = "ok", message: str = "") -> dict[str, Any]:
    return {
        "data": {} if data is None else data,
        "error": {"code": code, "message": message, "log_id": LOG_ID},
    }


class TikTokRefusal(HTTPException):
    def __init__(self, status: int, code: str, message: str = "") -> None:
        super().__init__(status, code)
        self.answer = envelope(code=code, message=message)


def invalid(message: str) -> TikTokRefusal:
    return TikTokRefusal(400, "invalid_param", message)


async def answer_refusal(request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, TikTokRefusal):
        return JSONResponse(error.answer, error.status_code)
    assert isinstance(error, HTTPException)
    return JSONResponse(envelope(code="invalid_param", message="no such path"), error.status_code)


@dataclass(frozen=True, slots=True)
class Caller:
    account: SimAccount
    scopes: frozenset[str]

    def needs(self, scope: str) -> None:
        if scope not in self.scopes:
            raise TikTokRefusal(401, "scope_not_authorized", f"The user did not authorize the scope {scope}")


def bearer(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else ""


async def caller(request: Request, network: SimulatedNetwork) -> Caller:
    kept = await network.kept("tokens", bearer(request))
    account = await network.account(str(kept["account"])) if kept is not None else None
    is_over = bool(kept and kept.get("expires_at", "~") <= network.clock().isoformat())
    if kept is None or account is None or is_over:
        raise TikTokRefusal(401, "access_token_invalid", "The access token is invalid or not found.")
    return Caller(account, frozenset(str(kept["scopes"]).replace(",", " ").split()))


async def body_of(request: Request) -> dict[str, Any]:
    try:
        data = json.loads(await request.body() or b"{}")
    except ValueError as error:
        raise invalid("The request body is no JSON") from error
    if not isinstance(data, dict):
        raise invalid("The request body is no object")
    return data


def units(text: str) -> int:
    """Two for each sign beyond the first plane."""
    return sum(2 if ord(sign) > 0xFFFF else 1 for sign in text)
