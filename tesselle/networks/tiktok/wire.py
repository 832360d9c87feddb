"""Requests: JSON posted with a bearer token, answers in an envelope whose code alone says how it went.

Source: developers.tiktok.com, Content Posting API and Display API v2, read on 23 November 2026.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

from tesselle.connectors.api import error_for
from tesselle.connectors.http.exchange import Request, Response
from tesselle.connectors.protocols import Api
from tesselle.networks.tiktok import answers

HOST = "https://open.tiktokapis.com"
UPLOADS = ".tiktokapis.com"
DIRECT, INBOX = "direct", "inbox"
"""The two kinds of account: what is posted at once, and what waits as a draft in the app's inbox."""


def base_of(api: Api, kept: Mapping[str, str]) -> str:
    """The address that stands for the network's own hosts; "" for those."""
    return api.account.server or kept.get("base", "")


def posting(server: str, session: Mapping[str, str], path: str, body: Mapping[str, Any]) -> Request:
    headers = {**_signed(session), "Content-Type": "application/json; charset=UTF-8"}
    data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return Request("POST", _address(server, path), headers, data)


async def ask(
    api: Api,
    path: str,
    body: Mapping[str, Any] | None = None,
    *,
    fields: Sequence[str] = (),
    kept: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What the envelope holds. Without `body` a GET. `kept` speaks for an account that is not connected yet.

    Raises what the connector's error table makes of a code other than `ok`, whatever the HTTP status;
    ValueError for an answer that is no envelope: silence is not emptiness."""
    session = await api.session() if kept is None else kept
    server = base_of(api, session)
    query = f"?{urlencode({'fields': ','.join(fields)})}" if fields else ""
    if body is None:
        request = Request("GET", _address(server, path) + query, _signed(session))
    else:
        request = posting(server, session, path + query, body)
    answer = await api.call(request)
    if answers.code_of(answer) != answers.OK:
        raise (
            error_for(answers.judge(answer, api.now), answer) if answers.code_of(answer) else ValueError(path)
        )
    return held(answer)


def held(answer: Response) -> dict[str, Any]:
    data = answer.mapping().get("data")
    return data if isinstance(data, dict) else {}


def is_own_place(address: str, server: str) -> bool:
    """Whether an address for an upload is the network's: a film goes nowhere else."""
    parts = urlsplit(address)
    if server:
        return parts[:2] == urlsplit(server)[:2]
    return parts.scheme == "https" and (parts.hostname or "").endswith(UPLOADS)


def _address(server: str, path: str) -> str:
    return f"{(server or HOST).rstrip('/')}/v2/{path}"


def _signed(session: Mapping[str, str]) -> dict[str, str]:
    return {"Authorization": f"Bearer {session.get('access_token', '')}", "Accept": "application/json"}
