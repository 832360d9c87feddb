"""Requests to Reddit's API, and the lists it gives page by page."""

from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import urlencode

from tesselle import __version__
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account, Api

API = "https://oauth.reddit.com"
SITE = "https://www.reddit.com"
PAGE = 100
DEEPEST = 1_000
"""Lists end there, whatever there was before."""


def user_agent(client_id: str, handle: str) -> str:
    """Reddit slows down or refuses whoever does not say what it is, in this form."""
    return f"web:{client_id or 'tesselle'}:{__version__} (by /u/{handle or 'unknown'})"


def signed(session: Mapping[str, str], handle: str = "") -> dict[str, str]:
    return {
        "Authorization": f"bearer {session.get('access_token', '')}",
        "User-Agent": user_agent(session.get("client_id", ""), handle),
        "Accept": "application/json",
    }


def address(account: Account, path: str, params: Mapping[str, Any] | None = None) -> str:
    """`raw_json`: otherwise texts come back with `&amp;` in them."""
    return f"{account.server or API}{path}?{urlencode({**(params or {}), 'raw_json': 1})}"


def form(account: Account, path: str, fields: Mapping[str, str], session: Mapping[str, str]) -> Request:
    headers = {
        **signed(session, account.handle),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode({**fields, "api_type": "json"}).encode()
    return Request("POST", address(account, path), headers, body)


async def ask(
    api: Api, path: str, params: Mapping[str, Any] | None = None, session: Mapping[str, str] | None = None
) -> Any:
    """What a GET answers. Raises ValueError when that is no JSON: silence is not emptiness."""
    session = await api.session() if session is None else session
    headers = signed(session, api.account.handle)
    told = (await api.call(Request("GET", address(api.account, path, params), headers))).json()
    if not isinstance(told, dict | list):
        raise ValueError(f"no JSON at {path}")
    return told


def children(listing: Any) -> list[dict[str, Any]]:
    """What a `Listing` holds. Raises ValueError for anything else."""
    data = listing.get("data") if isinstance(listing, dict) else None
    found = data.get("children") if isinstance(data, dict) else None
    if not isinstance(found, list):
        raise ValueError("no listing")
    return [one for one in found if isinstance(one, dict) and isinstance(one.get("data"), dict)]


async def items(
    api: Api, path: str, params: Mapping[str, Any] | None = None, size: int = PAGE
) -> AsyncIterator[dict[str, Any]]:
    query: dict[str, Any] = {"limit": size, **(params or {})}
    for _page in range(DEEPEST // size):
        listing = await ask(api, path, query)
        for child in children(listing):
            yield child["data"]
        after = listing["data"].get("after")
        if not after:
            return
        query["after"] = after
