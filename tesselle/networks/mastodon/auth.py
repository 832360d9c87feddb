"""Signing in with the server's own page: OAuth 2 with state and PKCE, where it departs from the plain.

An application is registered with each server by itself. The pieces are functions, for a wizard to
put between two pages: `register`, `begin`, then `finish` with what came back.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import quote, urlencode, urlsplit

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Api
from tesselle.domain.errors import BlockedError, NotSentError, RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import BlockReason
from tesselle.networks.mastodon.wire import address

SCOPES = "read:accounts read:statuses write:statuses write:media"
WIDE_SCOPES = "read write"
"""For servers that do not know the finer ones (Pixelfed)."""

NOT_AN_ADDRESS = N_("“%(typed)s” is no server address. Type for instance mastodon.example.")
REFUSED_SIGN_IN = N_("The server refused the sign-in (“%(answer)s”). Begin again.")
OTHER_STATE = N_("This answer belongs to another sign-in. Begin again.")

_PAGES = {"web", "home", "about", "explore", "public", "settings", "auth", "deck", "users", "invite"}


def normalise_server(typed: str) -> str:
    """The base address of what a person typed: a host, a handle, the address of any page there.

    Raises:
        RejectedError: nothing in it looks like a server.
    """
    words = typed.strip()
    if "://" not in words:
        words = f"https://{words.rpartition('@')[2] if words.count('@') else words}"
    parts = urlsplit(words)
    if parts.scheme not in {"http", "https"} or not parts.hostname or " " in parts.netloc:
        raise RejectedError(Message(NOT_AN_ADDRESS, {"typed": typed[:100]}), "server")
    host = parts.netloc.rpartition("@")[2].lower()
    kept: list[str] = []
    for piece in parts.path.split("/"):
        if piece.startswith("@") or piece in _PAGES:
            break
        kept += [piece] if piece else []
    return "/".join([f"{parts.scheme}://{host}", *kept])


@dataclass(frozen=True, slots=True)
class Client:
    """Our application as one server knows it."""

    client_id: str
    client_secret: str = field(repr=False)
    scopes: str = SCOPES


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in under way: kept by us, but for `url`, where the person is sent."""

    url: str
    state: str
    verifier: str = field(repr=False)
    redirect_uri: str


async def register(server: str, redirect_uri: str, website: str, api: Api) -> Client:
    """Make ourselves known; with wider rights where the finer ones are not understood."""
    try:
        return await _register(server, redirect_uri, website, SCOPES, api)
    except (RejectedError, NotSentError) as error:
        if getattr(getattr(error, "response", None), "status", 0) not in {400, 422}:
            raise
    return await _register(server, redirect_uri, website, WIDE_SCOPES, api)


async def _register(server: str, redirect_uri: str, website: str, scopes: str, api: Api) -> Client:
    data = {"client_name": "Tesselle", "redirect_uris": redirect_uri, "scopes": scopes, "website": website}
    answer = (await api.call(_form(server, "/api/v1/apps", data))).mapping()
    return Client(str(answer.get("client_id", "")), str(answer.get("client_secret", "")), scopes)


def begin(server: str, client: Client, redirect_uri: str, *, force_login: bool = True) -> SignIn:
    """`force_login` lets the person choose the account, whoever is signed in there."""
    state, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
    params = {
        "response_type": "code",
        "client_id": client.client_id,
        "redirect_uri": redirect_uri,
        "scope": client.scopes,
        "state": state,
        "code_challenge": challenge(verifier),
        "code_challenge_method": "S256",
    }
    query = urlencode(params | ({"force_login": "true"} if force_login else {}), quote_via=quote)
    return SignIn(f"{server}/oauth/authorize?{query}", state, verifier, redirect_uri)


def challenge(verifier: str) -> str:
    """PKCE's S256. Source: RFC 7636, section 4.2."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


async def finish(
    server: str, client: Client, sign_in: SignIn, returned: Mapping[str, str], api: Api
) -> dict[str, str]:
    """The credentials to keep, for the `state` and `code` that came back with the person.

    Raises:
        BlockedError: the sign-in was refused, or is not the one we began.
    """
    if not secrets.compare_digest(returned.get("state", ""), sign_in.state):
        raise BlockedError(Message(OTHER_STATE), BlockReason.SIGN_IN)
    if "code" not in returned:
        raise _refused(returned.get("error_description") or returned.get("error", ""))
    data = {
        "grant_type": "authorization_code",
        "code": returned["code"],
        "redirect_uri": sign_in.redirect_uri,
        "code_verifier": sign_in.verifier,
        "scope": client.scopes,
    }
    return await _token(server, client, data, api)


async def renew(server: str, client: Client, refresh_token: str, api: Api) -> dict[str, str]:
    data = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    return {"refresh_token": refresh_token} | await _token(server, client, data, api)


async def _token(server: str, client: Client, data: dict[str, str], api: Api) -> dict[str, str]:
    own = {"client_id": client.client_id, "client_secret": client.client_secret}
    try:
        answer = (await api.call(_form(server, "/oauth/token", data | own))).mapping()
    except NotSentError as error:
        response = getattr(error, "response", None)
        if response is None or response.status not in {400, 401}:
            raise
        raise _refused(str(response.mapping().get("error", ""))) from error
    token = {name: str(answer[name]) for name in ("access_token", "refresh_token") if answer.get(name)}
    if "access_token" not in token:
        raise _refused("no token")
    if answer.get("expires_in") and "refresh_token" in token:
        token["expires_at"] = (api.now + timedelta(seconds=int(answer["expires_in"]))).isoformat()
    return token | own


def _refused(answer: str) -> BlockedError:
    return BlockedError(Message(REFUSED_SIGN_IN, {"answer": answer[:200]}), BlockReason.SIGN_IN)


def _form(server: str, path: str, data: Mapping[str, str]) -> Request:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "en"}
    return Request("POST", address(server, path), headers, urlencode(data).encode())
