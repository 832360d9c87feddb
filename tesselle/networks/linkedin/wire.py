"""Requests to LinkedIn's API, spoken as Rest.li 2.0 wants it."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from tesselle.connectors.http.exchange import Request, Response
from tesselle.connectors.protocols import Account, Api
from tesselle.networks.linkedin import version

HOST = "https://api.linkedin.com"
SITE = "https://www.linkedin.com"
ORGANIZATION, PERSON = "urn:li:organization:", "urn:li:person:"


def signed(session: Mapping[str, str], method: str = "") -> dict[str, str]:
    """`method`: Rest.li's own, where the HTTP method does not say it."""
    headers = {
        "Authorization": f"Bearer {session.get('access_token', '')}",
        "LinkedIn-Version": version.spoken(),
        "X-Restli-Protocol-Version": "2.0.0",
    }
    return headers | ({"X-RestLi-Method": method} if method else {})


def encoded(value: str) -> str:
    """A value inside a path or a query. The brackets and commas *around* values stay as they are."""
    return quote(value, safe="")


def listed(values: Iterable[str]) -> str:
    return f"List({','.join(encoded(value) for value in values)})"


def address(base: str, path: str, query: str = "") -> str:
    """`base`: another place than LinkedIn's own, if the operator has one. `query`: ready made, since
    no general encoder leaves Rest.li's brackets alone."""
    return f"{(base or HOST).rstrip('/')}{path}{'?' + query if query else ''}"


async def get(api: Api, path: str, query: str = "", session: Mapping[str, str] | None = None) -> Response:
    headers = signed(await api.session() if session is None else session)
    return await api.call(Request("GET", address(api.account.server, path, query), headers))


async def ask(api: Api, path: str, query: str = "") -> dict[str, Any]:
    """The answer as a mapping. Raises ValueError when it is none: silence is not emptiness."""
    data = (await get(api, path, query)).json()
    if not isinstance(data, dict):
        raise ValueError(f"no object at {path}")
    return data


async def ask_elements(api: Api, path: str, query: str) -> list[dict[str, Any]]:
    """The elements of one page of a finder. Raises ValueError when there are none to be read."""
    elements = (await ask(api, path, query)).get("elements")
    if not isinstance(elements, list):
        raise ValueError(f"no elements at {path}")
    return [one for one in elements if isinstance(one, dict)]


def is_page(author: str) -> bool:
    return author.startswith(ORGANIZATION)


def of_page(account: Account) -> bool:
    return account.kind == "page"


def is_comment(urn: str) -> bool:
    return urn.startswith("urn:li:comment:")


def post_path(urn: str) -> str:
    return f"/rest/posts/{encoded(urn)}"


def comments_path(urn: str) -> str:
    return f"/rest/socialActions/{encoded(urn)}/comments"


def public_address(urn: str) -> str:
    return f"{SITE}/feed/update/{urn}/"
