"""Google's way of speaking in its business APIs: its refusals, its instants, its lists."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.connectors.sandbox.google import ProblemError
from tesselle.simulation.network import SimAccount, SimulatedNetwork

NUMBERED = "type.googleapis.com/google.mybusiness.v4.ValidationError"
INFO = "type.googleapis.com/google.rpc.ErrorInfo"


def invalid(field: str, words: str, reason: str = "") -> ProblemError:
    details: list[dict[str, Any]] = [
        {"@type": NUMBERED, "errorDetails": [{"code": 3, "field": field, "message": words}]}
    ]
    if reason:
        details.insert(0, {"@type": INFO, "reason": reason, "domain": "googleapis.com"})
    general = "Request contains an invalid argument."
    return ProblemError(400, general, status="INVALID_ARGUMENT", details=details)


def not_found() -> ProblemError:
    return ProblemError(404, "Requested entity was not found.", status="NOT_FOUND")


def denied(reason: str = "") -> ProblemError:
    details = [{"@type": INFO, "reason": reason, "domain": "googleapis.com"}] if reason else None
    words = "The caller does not have permission"
    return ProblemError(403, words, status="PERMISSION_DENIED", details=details)


def exhausted(value: str) -> ProblemError:
    """`value`: the quota itself; 0 for a project that was not admitted."""
    details = [
        {
            "@type": INFO,
            "reason": "RATE_LIMIT_EXCEEDED",
            "domain": "googleapis.com",
            "metadata": {"quota_limit_value": value, "quota_metric": "mybusiness.googleapis.com/default"},
        }
    ]
    words = "Quota exceeded for quota metric 'Requests' and limit 'Requests per minute'."
    return ProblemError(429, words, status="RESOURCE_EXHAUSTED", details=details)


async def place_for(request: Request, caller: SimAccount, network: SimulatedNetwork) -> SimAccount:
    """The place that the path names, if the caller may speak for it."""
    place = await network.account(f"locations/{request.path_params['place']}")
    account = request.path_params.get("account")
    mine = place is not None and place.facts["account"] == caller.facts["account"]
    if place is None or not mine or (account and place.facts["account"] != f"accounts/{account}"):
        raise not_found()
    if "lost_role" in network.flags:
        raise denied()
    return place


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def paged(
    request: Request, name: str, found: Sequence[Mapping[str, Any]], most: int, usual: int, **more: Any
) -> Response:
    """An empty list is left out."""
    size, start = (
        request.query_params.get("pageSize", str(usual)),
        request.query_params.get("pageToken") or "0",
    )
    if not size.isdecimal() or not 1 <= int(size) <= most or not start.isdecimal():
        raise invalid("page_size", "Invalid page size or token.")
    end = int(start) + int(size)
    answer: dict[str, Any] = dict(more)
    if some := [dict(one) for one in found[int(start) : end]]:
        answer[name] = some
    return JSONResponse(answer | ({"nextPageToken": str(end)} if end < len(found) else {}))


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
