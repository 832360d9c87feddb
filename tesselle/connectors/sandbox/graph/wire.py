"""How the Graph API is asked: parameters from anywhere, tokens, chosen fields, pages of a list."""

import hashlib
import hmac
import json
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import UploadFile
from starlette.requests import Request

from tesselle.connectors.http.asgi_transport import AsgiApp
from tesselle.connectors.sandbox.graph import errors
from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET
from tesselle.simulation.network import SimAccount, SimulatedNetwork

PAGE = 25


def with_slashes(app: AsgiApp) -> AsgiApp:
    """A path with slashes at its end is the same path: clients put them there."""

    async def answer(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        await app({**scope, "path": scope["path"].rstrip("/") or "/"}, receive, send)

    return answer


@dataclass(frozen=True, slots=True)
class SentFile:
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Caller:
    """`kind`: PAGE, USER, or what the network calls its tokens."""

    account: SimAccount
    app: str
    scopes: frozenset[str]
    kind: str
    token: str

    def needs(self, scope: str) -> None:
        if scope not in self.scopes:
            raise errors.not_allowed(scope)


async def params(request: Request) -> dict[str, Any]:
    """Query, form and JSON together; what is JSON inside a form is read as such."""
    found: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        data = json.loads(await request.body() or b"{}")
        found |= data if isinstance(data, dict) else {}
    elif kind.startswith(("application/x-www-form-urlencoded", "multipart/")):
        async with request.form() as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    found[name] = SentFile(value.content_type or "", await value.read())
                else:
                    found[name] = value
    return found


def words(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name, "")
    return "" if value is None else str(value)


def is_yes(data: Mapping[str, Any], name: str, usual: bool = False) -> bool:
    said = words(data, name).lower()
    return said in {"1", "true", "yes"} if said else usual


def listed(data: Mapping[str, Any], name: str) -> list[Any]:
    """A list as JSON, as `name[0]`, `name[1]` ..., or separated by commas."""
    value = data.get(name)
    if isinstance(value, list):
        return value
    if isinstance(value, str) and value.strip():
        try:
            parsed = json.loads(value)
        except ValueError:
            parsed = [one.strip() for one in value.split(",")]
        return parsed if isinstance(parsed, list) else [parsed]
    numbered = [key for key in data if key.startswith(f"{name}[")]
    return [_parsed(data[key]) for key in sorted(numbered, key=_place)]


def _place(name: str) -> int:
    inside = name.partition("[")[2].rstrip("]")
    return int(inside) if inside.isdigit() else 0


def _parsed(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value


def token_of(request: Request, data: Mapping[str, Any]) -> str:
    kind, _, told = request.headers.get("authorization", "").partition(" ")
    return told.strip() if kind.lower() in {"bearer", "oauth"} else words(data, "access_token")


async def caller(request: Request, data: Mapping[str, Any], network: SimulatedNetwork) -> Caller:
    """Raises the network's own refusal: no such token, out of date, or a wrong proof."""
    token = token_of(request, data)
    kept = await network.kept("tokens", token) if token else None
    account = await network.account(str(kept["account"])) if kept is not None else None
    if kept is None or account is None:
        raise errors.GraphRefusal(400, 190, "Invalid OAuth access token.", 467)
    if kept.get("expires_at") and str(kept["expires_at"]) <= network.clock().isoformat():
        raise errors.expired()
    shown = words(data, "appsecret_proof")
    if shown and shown != await _proof(token, str(kept["app"]), network):
        raise errors.invalid("Invalid appsecret_proof provided in the API argument")
    scopes = frozenset(str(kept["scopes"]).split())
    return Caller(account, str(kept["app"]), scopes, str(kept.get("type", "USER")), token)


async def _proof(token: str, app: str, network: SimulatedNetwork) -> str:
    kept = await network.kept("apps", app)
    secret = PRACTICE_SECRET if app == PRACTICE_ID else str((kept or {}).get("secret", ""))
    return hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()


async def account_of(request: Request, network: SimulatedNetwork) -> str:
    """Whose request it is, from what can be told without reading its body."""
    kept = await network.kept("tokens", token_of(request, request.query_params))
    return str(kept["account"]) if kept is not None else ""


# what is answered


def chosen(item: Mapping[str, Any], data: Mapping[str, Any], usual: Sequence[str] = ()) -> dict[str, Any]:
    """Only the fields that were asked for, and the id; those usually shown where none was."""
    asked = field_names(words(data, "fields")) or list(usual)
    return {name: value for name, value in item.items() if name == "id" or name in asked}


def field_names(fields: str) -> list[str]:
    """The outer names of `a,b{c,d},e.limit(0).summary(true)`."""
    names, depth, name = [], 0, ""
    for sign in f"{fields},":
        if sign == "," and depth == 0:
            names.append(name.partition("{")[0].partition(".")[0].strip())
            name = ""
            continue
        depth += (sign in "{(") - (sign in "})")
        name += sign
    return [one for one in names if one]


def page_of(
    items: Sequence[Mapping[str, Any]], request: Request, data: Mapping[str, Any], usual: Sequence[str] = ()
) -> dict[str, Any]:
    """One page of a list, with cursors and the address of the next."""
    limit = min(int(words(data, "limit") or PAGE), 100)
    start = int(words(data, "after") or 0)
    some = [chosen(item, data, usual) for item in items[start : start + limit]]
    answer: dict[str, Any] = {"data": some}
    if some:
        answer["paging"] = {"cursors": {"before": str(start), "after": str(start + len(some))}}
        if start + limit < len(items):
            query = {**request.query_params, "after": str(start + len(some))}
            base = str(request.url).partition("?")[0]
            answer["paging"]["next"] = f"{base}?{urlencode(query)}"
    return answer


def stamp(moment: Any) -> str:
    return str(moment.strftime("%Y-%m-%dT%H:%M:%S+0000"))
