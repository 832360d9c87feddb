"""Requests to Google's business APIs, and the lists they give page by page.

Several hosts, one sign-in; with another base, that base for all of them. A trap in their names: the
younger APIs call a place `locations/9`, the elder one, which has the posts and reviews, wants
`accounts/1/locations/9` and knows nothing else.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from tesselle.connectors.dialects.google.sign_in import bearer
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account, Api

POSTS = "https://mybusiness.googleapis.com"
ACCOUNTS = "https://mybusinessaccountmanagement.googleapis.com"
PLACES = "https://mybusinessbusinessinformation.googleapis.com"
FIGURES = "https://businessprofileperformance.googleapis.com"
MAX_PAGES = 40

Params = Mapping[str, Any] | Sequence[tuple[str, Any]]


def address(host: str, server: str, path: str, params: Params | None = None) -> str:
    """`server`: another base; "" or Google's own for the usual hosts."""
    base = host if server in {"", POSTS} else server
    query = f"?{urlencode(params)}" if params else ""
    return f"{base.rstrip('/')}/{quote(path, safe='/:~')}{query}"


def place_of(account: Account) -> str:
    """The place's whole name, as posts and reviews want it."""
    return f"{account.facts['account']}/{account.remote_id}"


async def ask(api: Api, host: str, path: str, params: Params | None = None) -> dict[str, Any]:
    url = address(host, api.account.server, path, params)
    return (await api.call(Request("GET", url, bearer(await api.session())))).mapping()


async def each(
    api: Api, host: str, path: str, name: str, params: Mapping[str, Any]
) -> AsyncIterator[dict[str, Any]]:
    """Google leaves the list out where it is empty. Raises ValueError for what is no answer of its own."""
    query = dict(params)
    for _page in range(MAX_PAGES):
        url = address(host, api.account.server, path, query)
        response = await api.call(Request("GET", url, bearer(await api.session())))
        answer = response.json()
        found = answer.get(name, []) if isinstance(answer, dict) else None
        if not isinstance(found, list):
            raise ValueError(f"no {name} at {path}")
        for one in found:
            if isinstance(one, dict):
                yield one
        token = answer.get("nextPageToken")
        if not token:
            return
        query["pageToken"] = token
