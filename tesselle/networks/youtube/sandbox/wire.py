"""YouTube's way of speaking: its lists, its instants, its refusals."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.connectors.sandbox.google import ProblemError

LARGEST_PAGE = 100


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parts_of(request: Request) -> frozenset[str]:
    parts = frozenset(part for part in request.query_params.get("part", "").split(",") if part)
    if not parts:
        raise ProblemError(400, "No filter selected. Expected one of: part", "missingRequiredParameter")
    return parts


def kept_parts(parts: frozenset[str], whole: Mapping[str, Any]) -> dict[str, Any]:
    """Only what was asked for; who it is stands there always."""
    return {name: value for name, value in whole.items() if name in parts or name in {"kind", "id"}}


def paged(request: Request, kind: str, found: Sequence[Mapping[str, Any]]) -> Response:
    params = request.query_params
    size, start = params.get("maxResults", "5"), params.get("pageToken") or "0"
    if not size.isdecimal() or not 0 <= int(size) <= LARGEST_PAGE or not start.isdecimal():
        raise ProblemError(400, "Invalid value for maxResults or pageToken.", "badRequest")
    end = int(start) + int(size)
    answer: dict[str, Any] = {
        "kind": f"youtube#{kind}ListResponse",
        "items": [dict(one) for one in found[int(start) : end]],
        "pageInfo": {"totalResults": len(found), "resultsPerPage": int(size)},
    }
    return JSONResponse(answer | ({"nextPageToken": str(end)} if end < len(found) else {}))


def ids_of(request: Request) -> list[str]:
    return [one for one in request.query_params.get("id", "").split(",") if one]


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
