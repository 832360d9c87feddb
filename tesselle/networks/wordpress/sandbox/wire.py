"""The site's way of speaking: errors, sign-in, roles, lists, what it does to HTML and slugs."""

import html
import re
import unicodedata
from base64 import b64decode
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from tesselle.connectors.sandbox.words import words_of
from tesselle.simulation.network import SimAccount, SimulatedNetwork

WRITES = {"edit_posts", "read"}
PUBLISHES = WRITES | {"publish_posts", "upload_files", "edit_published_posts", "delete_published_posts"}
EDITS = PUBLISHES | {
    "edit_others_posts",
    "delete_others_posts",
    "manage_categories",
    "moderate_comments",
    "unfiltered_html",
}
RIGHTS = {"contributor": WRITES, "author": PUBLISHES, "editor": EDITS, "administrator": EDITS}
TOO_LARGE = "<html><head><title>413 Request Entity Too Large</title></head></html>"


class ProblemError(Exception):
    """An answer in the REST interface's own envelope."""

    def __init__(self, code: str, status: int, **data: Any) -> None:
        super().__init__(code)
        self.response = JSONResponse(
            {"code": code, "message": f"{code}.", "data": {"status": status, **data}}, status
        )


class TooLargeError(Exception):
    """The web server's own page, before WordPress was asked."""

    response = HTMLResponse(TOO_LARGE, 413)


def invalid(name: str, why: str = "invalid", inner: int | None = None) -> ProblemError:
    data = None if inner is None else {"status": inner}
    details = {name: {"code": "rest_forbidden_status" if inner else "rest_invalid_type", "data": data}}
    return ProblemError("rest_invalid_param", 400, params={name: why}, details=details)


async def account_for(request: Request, network: SimulatedNetwork) -> SimAccount | None:
    """Who signs in. A wrong password is nobody, which public routes do not mind."""
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        login, _, password = b64decode(encoded).decode().partition(":")
    except ValueError:
        return None
    account = await network.account_with("password", password.replace(" ", ""))
    return account if account is not None and account.handle == login else None


def role_of(account: SimAccount | None) -> str:
    return str(account.facts.get("role", "editor")) if account is not None else ""


def may(account: SimAccount | None, right: str) -> bool:
    return right in RIGHTS.get(role_of(account), set())


def forbidden(account: SimAccount | None, code: str) -> ProblemError:
    """403 for somebody who may not, 401 for nobody."""
    return ProblemError(code, 401 if account is None else 403)


def demand(account: SimAccount | None, right: str, code: str) -> SimAccount:
    if account is None or not may(account, right):
        raise forbidden(account, code)
    return account


async def fields_of(request: Request) -> dict[str, Any]:
    try:
        data = await request.json()
    except ValueError:
        raise ProblemError("rest_invalid_json", 400) from None
    return data if isinstance(data, dict) else {}


def numbers(listed: str) -> list[int]:
    return [int(one) for one in listed.split(",") if one.strip().isdigit()]


def paged(request: Request, found: Sequence[Mapping[str, Any]], total: int, *, of: str = "post") -> Response:
    """One page of a list, with the totals in headers; a page beyond the end is an error."""
    params = request.query_params
    size, page = int(params.get("per_page", 10)), int(params.get("page", 1))
    if not 1 <= size <= 100:
        raise invalid("per_page", "per_page must be between 1 (inclusive) and 100 (inclusive)")
    pages = -(-total // size)
    if page > max(pages, 1):
        raise ProblemError(f"rest_{of}_invalid_page_number", 400)
    shown = [dict(item) for item in found[(page - 1) * size : page * size]]
    if wanted := params.get("_fields"):
        shown = [{name: item[name] for name in wanted.split(",") if name in item} for item in shown]
    return JSONResponse(shown, headers={"X-WP-Total": str(total), "X-WP-TotalPages": str(pages)})


def stamp(moment: datetime) -> str:
    return moment.replace(tzinfo=None, microsecond=0).isoformat()


def slugged(text: str) -> str:
    """Lower case, accents removed, other signs to hyphens, at most 200."""
    bare = unicodedata.normalize("NFKD", html.unescape(text)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"-+", "-", re.sub(r"[^a-z0-9_]+", "-", bare)).strip("-")[:200]


def filtered(markup: str, account: SimAccount) -> str:
    """What somebody without `unfiltered_html` may not write falls away; the text in it stays."""
    if may(account, "unfiltered_html"):
        return markup
    markup = re.sub(r"</?(?:script|iframe|style|form|input)\b[^>]*>", "", markup, flags=re.IGNORECASE)
    markup = re.sub(r"\son\w+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", "", markup, flags=re.IGNORECASE)
    return re.sub(r"&(?!#?\w+;)", "&amp;", markup)


def rendered(markup: str) -> str:
    """As readers get it: block comments gone, `&` as an entity."""
    return re.sub(r"&(?!#?\w+;)", "&#038;", re.sub(r"<!-- /?wp:.*?-->\n?", "", markup))


def weight(markup: str) -> int:
    return len(words_of(markup).encode("utf-8"))
