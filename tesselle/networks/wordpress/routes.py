"""Requests to a site: its discovered root, the sign-in, the parameters."""

from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account

USER_AGENT = "Tesselle"
"""Named on each request: firewalls of hosts refuse an empty one and those of HTTP libraries."""

EVERY_STATUS = "draft,pending,publish,future,private,trash"
"""Spelled out: `any` leaves the trash out. An anonymous reader may not ask for these."""


def route(root: str, path: str, params: Mapping[str, str | int] | None = None) -> str:
    """The address of a route below `root`, which ends in `/wp-json`, or in `?rest_route=` on a
    site without pretty permalinks."""
    query = urlencode(params or {}, safe=",:")
    joint = "&" if "rest_route=" in root else "?"
    return f"{root}/wp/v2{path}" + (f"{joint}{query}" if query else "")


def headers(credentials: Mapping[str, str]) -> dict[str, str]:
    pair = f"{credentials['username']}:{credentials['password']}"
    return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}", "User-Agent": USER_AGENT}


def get(account: Account, path: str, params: Mapping[str, str | int] | None = None) -> Request:
    return Request("GET", route(account.server, path, params), headers(account.credentials))


def send(account: Account, method: str, path: str, fields: Mapping[str, Any]) -> Request:
    return Request.json(method, route(account.server, path), dict(fields), headers(account.credentials))


def delete(account: Account, path: str, *, force: bool = False) -> Request:
    params = {"force": "true"} if force else {}
    return Request("DELETE", route(account.server, path, params), headers(account.credentials))


def upload(account: Account, path: Path, filename: str, mime: str, deadline_seconds: float) -> Request:
    """The raw body, not a form: forms are bound to PHP's smaller `upload_max_filesize`."""
    about = {"Content-Type": mime, "Content-Disposition": f'attachment; filename="{filename}"'}
    url = route(account.server, "/media")
    return Request("POST", url, {**headers(account.credentials), **about}, path, deadline_seconds)
