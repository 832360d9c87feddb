"""Requests to a server's API."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Api


def signed(session: Mapping[str, str]) -> dict[str, str]:
    """Errors are asked for in English: the table in `answers` reads their words."""
    return {"Authorization": f"Bearer {session.get('access_token', '')}", "Accept-Language": "en"}


def address(server: str, path: str, params: Mapping[str, Any] | None = None) -> str:
    query = urlencode(params or {}, doseq=True)
    return f"{server.rstrip('/')}{path}{'?' + query if query else ''}"


async def ask(api: Api, path: str, params: Mapping[str, Any] | None = None) -> Any:
    """What a GET answers; None when that is not JSON."""
    headers = signed(await api.session())
    return (await api.call(Request("GET", address(api.account.server, path, params), headers))).json()


async def ask_mapping(api: Api, path: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
    data = await ask(api, path, params)
    return data if isinstance(data, dict) else {}


async def ask_list(api: Api, path: str, params: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """Raises ValueError for an answer that is no list: silence is not emptiness."""
    data = await ask(api, path, params)
    if not isinstance(data, list):
        raise ValueError(f"no list at {path}")
    return [one for one in data if isinstance(one, dict)]
