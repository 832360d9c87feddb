"""Requests to Pinterest's API, and the lists it gives page by page."""

from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import urlencode

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Api

API = "https://api.pinterest.com"
PAGE = 100
MAX_PAGES = 50


def signed(session: Mapping[str, str]) -> dict[str, str]:
    return {"Authorization": f"Bearer {session.get('access_token', '')}", "Accept": "application/json"}


def address(server: str, path: str, params: Mapping[str, Any] | None = None) -> str:
    query = urlencode(params or {})
    return f"{(server or API).rstrip('/')}/v5{path}{'?' + query if query else ''}"


async def ask(api: Api, path: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
    headers = signed(await api.session())
    return (await api.call(Request("GET", address(api.account.server, path, params), headers))).mapping()


async def items(
    api: Api, path: str, params: Mapping[str, Any] | None = None, size: int = PAGE
) -> AsyncIterator[dict[str, Any]]:
    """Every item of a list. Raises ValueError for an answer that is no list: silence is not emptiness."""
    query: dict[str, Any] = {"page_size": size, **(params or {})}
    for _page in range(MAX_PAGES):
        answer = await ask(api, path, query)
        found = answer.get("items")
        if not isinstance(found, list):
            raise ValueError(f"no list at {path}")
        for one in found:
            if isinstance(one, dict):
                yield one
        bookmark = answer.get("bookmark")
        if not bookmark:
            return
        query["bookmark"] = bookmark
