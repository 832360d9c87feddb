"""Requests: the token in a header, parameters in a form, lists by cursors."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from tesselle.connectors.http.exchange import Multipart, Request, Response
from tesselle.connectors.protocols import Api

MAX_PAGES = 60


def plain(value: Any) -> str:
    """A parameter as the Graph API reads it: lists and mappings as JSON, yes and no in words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)


def proof(session: Mapping[str, str]) -> dict[str, str]:
    """`appsecret_proof`: shows that whoever holds the token holds the application's secret too."""
    secret, token = session.get("client_secret", ""), session.get("access_token", "")
    if not secret:
        return {}
    return {"appsecret_proof": hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()}


def instant(value: Any) -> datetime:
    """Unix seconds, or ISO with a zone written `+0000`. Raises ValueError."""
    if isinstance(value, int) or str(value).isdigit():
        return datetime.fromtimestamp(int(value), UTC)
    return datetime.fromisoformat(str(value))


def base_of(api: Api, kept: Mapping[str, str]) -> str:
    """The address that stands for the network's own hosts; "" for those."""
    return api.account.server or kept.get("base", "")


@dataclass(frozen=True, slots=True)
class Graph:
    """One of the Graph API's hosts in one version. `proves`: it knows `appsecret_proof`. `tells_next`:
    a list's last page is the one that names no next; else the first empty one."""

    host: str
    version: str
    proves: bool = True
    tells_next: bool = True

    def address(self, server: str, path: str, *, host: str = "") -> str:
        """`server`: another base (a sandbox) that stands for every host of the network."""
        return f"{(server or host or self.host).rstrip('/')}/{self.version}/{path.lstrip('/')}"

    def headers(self, session: Mapping[str, str]) -> dict[str, str]:
        return {"Authorization": f"Bearer {session.get('access_token', '')}", "Accept": "application/json"}

    def get(
        self, server: str, session: Mapping[str, str], path: str, params: Mapping[str, Any] | None = None
    ) -> Request:
        query = urlencode({**self._given(params), **self._proof(session)})
        url = self.address(server, path)
        return Request("GET", f"{url}?{query}" if query else url, self.headers(session))

    def post(
        self,
        server: str,
        session: Mapping[str, str],
        path: str,
        params: Mapping[str, Any] | None = None,
        *,
        fresh_connection: bool = False,
    ) -> Request:
        headers = {**self.headers(session), "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode({**self._given(params), **self._proof(session)}).encode()
        url = self.address(server, path)
        return Request("POST", url, headers, body, fresh_connection=fresh_connection)

    def delete(self, server: str, session: Mapping[str, str], path: str) -> Request:
        query = urlencode(self._proof(session))
        url = self.address(server, path)
        return Request("DELETE", f"{url}?{query}" if query else url, self.headers(session))

    def upload(
        self,
        server: str,
        session: Mapping[str, str],
        path: str,
        form: Multipart,
        *,
        host: str = "",
        deadline_seconds: float = 300.0,
    ) -> Request:
        whole = Multipart({**form.fields, **self._proof(session)}, form.files)
        url = self.address(server, path, host=host)
        return Request("POST", url, self.headers(session), whole, deadline_seconds=deadline_seconds)

    def _given(self, params: Mapping[str, Any] | None) -> dict[str, str]:
        return {name: plain(value) for name, value in (params or {}).items() if value not in (None, "")}

    def _proof(self, session: Mapping[str, str]) -> dict[str, str]:
        return proof(session) if self.proves else {}

    # asking; `kept` speaks for an account that is not connected yet

    async def answer(
        self,
        api: Api,
        path: str,
        params: Mapping[str, Any] | None = None,
        kept: Mapping[str, str] | None = None,
    ) -> Response:
        session = await api.session() if kept is None else kept
        return await api.call(self.get(base_of(api, session), session, path, params))

    async def ask(
        self,
        api: Api,
        path: str,
        params: Mapping[str, Any] | None = None,
        kept: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """Raises ValueError for an answer that is no object: silence is not emptiness."""
        data = (await self.answer(api, path, params, kept)).json()
        if not isinstance(data, dict):
            raise ValueError(f"no object at {path}")
        return data

    async def send(self, api: Api, path: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """A POST that can be undone or repeated."""
        answer = await api.call(self.post(api.account.server, await api.session(), path, params))
        return answer.mapping()

    async def each(
        self, api: Api, path: str, params: Mapping[str, Any], kept: Mapping[str, str] | None = None
    ) -> AsyncIterator[dict[str, Any]]:
        """A list's items, page after page. The cursor is taken over, never the address of the next
        page: where an answer sends us is not ours to follow.

        Raises ValueError for an answer without a list."""
        asked = dict(params)
        for _page in range(MAX_PAGES):
            data = await self.ask(api, path, asked, kept)
            items = data.get("data")
            if not isinstance(items, list):
                raise ValueError(f"no list at {path}")
            for item in items:
                if isinstance(item, dict):
                    yield item
            paging = data.get("paging")
            after = _after(paging, self.tells_next) if isinstance(paging, dict) else ""
            if not after or not items:
                return
            asked["after"] = after


def _after(paging: Mapping[str, Any], tells_next: bool) -> str:
    cursors = paging.get("cursors")
    told = str(cursors.get("after") or "") if isinstance(cursors, dict) else ""
    return told if paging.get("next") or not tells_next else ""
