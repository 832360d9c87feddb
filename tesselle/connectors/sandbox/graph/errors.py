"""Errors in the Graph API's shape."""

import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

SERVER_ERROR = "An unexpected error has occurred. Please retry your request later."


def body(code: int, message: str, subcode: int = 0, *, transient: bool = False) -> dict[str, Any]:
    error: dict[str, Any] = {
        "message": f"(#{code}) {message}",
        "type": "OAuthException",
        "code": code,
        "is_transient": transient,
        "fbtrace_id": "AxPracticeTrace",
    }
    if subcode:
        error |= {"error_subcode": subcode, "error_user_title": "Error", "error_user_msg": message}
    return {"error": error}


class GraphRefusal(HTTPException):
    def __init__(self, status: int, code: int, message: str, subcode: int = 0, *, transient: bool = False):
        super().__init__(status, message)
        self.answer = body(code, message, subcode, transient=transient)


async def answer_refusal(request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, GraphRefusal):
        return JSONResponse(error.answer, error.status_code)
    assert isinstance(error, HTTPException)
    return JSONResponse(body(2500, f"Unknown path components: {request.url.path}"), 404)


def missing(object_id: str) -> GraphRefusal:
    words = (
        f"Unsupported request. Object with ID '{object_id}' does not exist, cannot be loaded due to "
        "missing permissions, or does not support this operation"
    )
    return GraphRefusal(400, 100, words, 33)


def invalid(message: str) -> GraphRefusal:
    return GraphRefusal(400, 100, message)


def expired() -> GraphRefusal:
    words = "Error validating access token: Session has expired."
    return GraphRefusal(400, 190, words, 463)


def not_allowed(scope: str) -> GraphRefusal:
    return GraphRefusal(403, 200, f"Requires {scope} permission to manage the object")


def throttled(kind: str, code: int, account: str, seconds: float) -> JSONResponse:
    """Full usage, and the minutes until calls are taken again."""
    minutes = round(seconds / 60, 3) if seconds < 60 else round(seconds / 60)
    usage = {
        "type": kind,
        "call_count": 100,
        "total_cputime": 20,
        "total_time": 20,
        "estimated_time_to_regain_access": minutes,
    }
    words = "There have been too many calls to this account. Wait a bit and try again."
    headers = {"X-Business-Use-Case-Usage": json.dumps({account or "1": [usage]})}
    return JSONResponse(body(code, words), 400, headers)
