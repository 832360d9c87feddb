"""Requests to a site's Admin API: its address, the signed token, the parameters."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tesselle.connectors.http.exchange import FilePart, Multipart, Request
from tesselle.connectors.protocols import Account, Api

VERSION = "v6.0"
TOKEN_SECONDS = 300
"""The longest life that Ghost takes."""

API = "/ghost/api/admin"

Params = Mapping[str, str | int]


def token(key: str, now: datetime) -> str:
    """A JSON Web Token (HS256) made from `id:secret`.

    Source: https://docs.ghost.org/admin-api/#token-authentication, read 2026-11-25.
    """
    key_id, _, secret = key.partition(":")
    issued = int(now.timestamp())
    head = {"alg": "HS256", "typ": "JWT", "kid": key_id}
    claims = {"iat": issued, "exp": issued + TOKEN_SECONDS, "aud": "/admin/"}
    signed = b".".join(_encoded(json.dumps(part, separators=(",", ":")).encode()) for part in (head, claims))
    digest = hmac.digest(bytes.fromhex(secret), signed, hashlib.sha256)
    return b".".join((signed, _encoded(digest))).decode()


def _encoded(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def headers(session: Mapping[str, str]) -> dict[str, str]:
    return {
        "Authorization": f"Ghost {session['token']}",
        "Accept-Version": VERSION,
        "User-Agent": "Tesselle",
    }


def url(account: Account, path: str, params: Params | None = None) -> str:
    query = urlencode(params or {}, safe=",:")
    return f"{account.server}{API}{path}" + (f"?{query}" if query else "")


async def get(api: Api, path: str, params: Params | None = None) -> dict[str, Any]:
    request = Request("GET", url(api.account, path, params), headers(await api.session()))
    return (await api.call(request)).mapping()


async def send(api: Api, method: str, path: str, fields: Any, params: Params | None = None) -> dict[str, Any]:
    request = write(api.account, await api.session(), method, path, fields, params)
    return (await api.call(request)).mapping()


async def upload(api: Api, path: Path, filename: str, mime: str, seconds: float) -> dict[str, Any]:
    form = Multipart({"purpose": "image", "ref": filename}, (FilePart("file", filename, mime, path),))
    address = url(api.account, "/images/upload/")
    return (await api.call(Request("POST", address, headers(await api.session()), form, seconds))).mapping()


def write(
    account: Account,
    session: Mapping[str, str],
    method: str,
    path: str,
    fields: Any,
    params: Params | None = None,
) -> Request:
    return Request.json(method, url(account, path, params), fields, headers(session))


def delete(account: Account, session: Mapping[str, str], path: str) -> Request:
    return Request("DELETE", url(account, path), headers(session))


def first(answer: Mapping[str, Any], name: str = "posts") -> dict[str, Any]:
    """The one thing in an answer; {} when there is none."""
    items = answer.get(name)
    return items[0] if isinstance(items, list) and items and isinstance(items[0], dict) else {}


def total(answer: Mapping[str, Any]) -> int | None:
    found = answer.get("meta", {}).get("pagination", {}).get("total")
    return found if isinstance(found, int) else None
