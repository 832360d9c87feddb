"""Requests to YouTube's APIs, and the lists they give page by page."""

from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import urlencode

from tesselle.connectors.dialects.google.sign_in import bearer
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Api

API = "https://youtube.googleapis.com"
ANALYTICS = "https://youtubeanalytics.googleapis.com"
DATA = "/youtube/v3"
PUT_UP = "/upload/youtube/v3"
PAGE = 50
MAX_PAGES = 40


def address(server: str, path: str, params: Mapping[str, Any]) -> str:
    return f"{(server or API).rstrip('/')}{path}?{urlencode(params)}"


def analytics_address(server: str, params: Mapping[str, Any]) -> str:
    """A host of its own, but with another base for everything that base."""
    base = ANALYTICS if server in {"", API} else server
    return address(base, "/v2/reports", params)


async def ask(api: Api, resource: str, params: Mapping[str, Any]) -> dict[str, Any]:
    url = address(api.account.server, f"{DATA}/{resource}", params)
    return (await api.call(Request("GET", url, bearer(await api.session())))).mapping()


async def listed(api: Api, resource: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One page. Raises ValueError for an answer that is no list: silence is not emptiness."""
    return _items(await ask(api, resource, params), resource)


def _items(answer: Mapping[str, Any], resource: str) -> list[dict[str, Any]]:
    """YouTube may leave out `items` where there are none."""
    if not str(answer.get("kind", "")).endswith("ListResponse"):
        raise ValueError(f"no list of {resource}")
    found = answer.get("items", [])
    if not isinstance(found, list):
        raise ValueError(f"no list of {resource}")
    return [one for one in found if isinstance(one, dict)]


async def each(api: Api, resource: str, params: Mapping[str, Any]) -> AsyncIterator[dict[str, Any]]:
    query: dict[str, Any] = {"maxResults": PAGE, **params}
    for _page in range(MAX_PAGES):
        answer = await ask(api, resource, query)
        for one in _items(answer, resource):
            yield one
        token = answer.get("nextPageToken")
        if not token:
            return
        query["pageToken"] = token
