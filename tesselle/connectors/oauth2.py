"""OAuth 2 with an authorization code, the plain way; a network overrides only what departs.

Credentials are kept as flat strings: `access_token`, `refresh_token`, `expires_at` (ISO instant),
`scope`, and the application's `client_id`, `client_secret`, `way`, so that whoever holds them can
renew them. Sources: RFC 6749, RFC 7636 (PKCE), RFC 7009 (revocation), read 2026-11-25.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from tesselle.connectors.api import AnswerError
from tesselle.connectors.card import SignIn
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account, Api, Dialect, OwnApp
from tesselle.domain.errors import BlockedError, RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import BlockReason

RENEW_BEFORE = timedelta(minutes=10)
"""So long before a token runs out, whoever needs it renews it first."""

REFUSED = N_("The network refused the sign-in (“%(answer)s”). Begin again.")
SAID_NO = N_("The sign-in was not allowed on the network’s page, so nothing was connected. Begin again.")
NO_LONGER = N_("The network no longer accepts the sign-in. Connect the channel again.")
NOT_MADE_KNOWN = N_("This server takes no applications by itself. Paste an access token instead.")
_NO = {"access_denied", "user_cancelled_login", "user_cancelled_authorize", "user_denied"}


def challenge(verifier: str, how: str = "S256") -> str:
    """PKCE's: base64url as in RFC 7636 section 4.2, or hexadecimal where a network wants that."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return digest.hex() if how == "hex" else base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def place(address: str, base: str) -> str:
    """An address of the card; its path below another base if there is one."""
    if not base:
        return address
    parts = urlsplit(address)
    return f"{base.rstrip('/')}{parts.path}"


def is_fresh(kept: Mapping[str, str], now: datetime) -> bool:
    """Whether the access token can be used for a while."""
    expires_at = kept.get("expires_at", "")
    return bool(kept.get("access_token")) and (
        not expires_at or datetime.fromisoformat(expires_at) - RENEW_BEFORE > now
    )


@dataclass(frozen=True, slots=True)
class OAuth2:
    """`Dialect` for one of the card's ways to sign in."""

    way: SignIn

    def server_of(self, answers: Mapping[str, str]) -> str:
        return answers.get("server", "").rstrip("/")

    async def register(self, server: str, redirect: str, website: str, api: Api) -> OwnApp:
        raise RejectedError(Message(NOT_MADE_KNOWN), "no_registration")

    def address(self, app: OwnApp, redirect: str, state: str, verifier: str) -> str:
        params = {
            "response_type": "code",
            self.way.client_id_field: app.client_id,
            "redirect_uri": redirect,
            "state": state,
        }
        scopes = app.scopes or self.way.scopes
        if scopes:
            params["scope"] = self.way.scope_separator.join(scopes)
        if self.way.pkce != "none":
            params["code_challenge"] = challenge(verifier, self.way.pkce)
            params["code_challenge_method"] = "S256"
        query = urlencode(params | dict(self.way.extra), quote_via=quote, safe="")
        return f"{place(self.way.authorize, app.base)}?{query}"

    async def exchange(
        self, app: OwnApp, redirect: str, returned: Mapping[str, str], verifier: str, api: Api
    ) -> Mapping[str, str]:
        code = returned.get("code", "")
        if not code:
            raise refusal(returned)
        data = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect}
        if self.way.pkce != "none":
            data["code_verifier"] = verifier
        return await self._token(app, data, {}, api)

    async def refresh(self, kept: Mapping[str, str], api: Api) -> Mapping[str, str]:
        if not kept.get("refresh_token"):
            raise BlockedError(Message(NO_LONGER), BlockReason.SIGN_IN)
        data = {"grant_type": "refresh_token", "refresh_token": kept["refresh_token"]}
        return await self._token(self._app_of(kept, api), data, kept, api)

    async def revoke(self, kept: Mapping[str, str], api: Api) -> None:
        if self.way.revoke and kept.get("access_token"):
            app = self._app_of(kept, api)
            data = {"token": kept.get("refresh_token") or kept["access_token"]}
            await api.call(self._form(place(self.way.revoke, app.base), app, data))

    async def knows(self, app: OwnApp, redirect: str, api: Api) -> bool:
        """Whether the network knows the application: a made-up code is refused for another reason.

        Raises NetworkError when the answer does not tell."""
        data = {"grant_type": "authorization_code", "code": "none", "redirect_uri": redirect}
        data |= {"code_verifier": "0" * 43} if self.way.pkce != "none" else {}
        try:
            answer = (await api.call(self._form(place(self.way.token, app.base), app, data))).mapping()
        except AnswerError as error:
            answer = error.response.mapping()
            if error.response.status >= 500 or not answer:
                raise
        except BlockedError:
            return False
        except RejectedError:
            return True
        return answer.get("error") not in {"invalid_client", "unauthorized_client"}

    async def _token(
        self, app: OwnApp, data: Mapping[str, str], before: Mapping[str, str], api: Api
    ) -> dict[str, str]:
        request = self._form(place(self.way.token, app.base), app, data)
        answer = self.token_of(await self._answer(request, api))
        if not answer.get("access_token"):
            raise refusal(answer)
        return credentials(answer, app, self.way.slug, before, api.now)

    def token_of(self, answer: Mapping[str, Any]) -> Mapping[str, Any]:
        """The token answer itself, for networks that wrap it."""
        return answer

    async def _answer(self, request: Request, api: Api) -> Mapping[str, Any]:
        """A sure no of the token's address, in whichever shape, is the end of the sign-in."""
        try:
            return (await api.call(request)).mapping()
        except AnswerError as error:
            if error.response.status not in {400, 401, 403}:
                raise
            raise refusal(error.response.mapping()) from error
        except RejectedError as error:
            raise refusal({"error": str(error.message)}) from error

    def _app_of(self, kept: Mapping[str, str], api: Api) -> OwnApp:
        """The application that credentials were given to."""
        base = api.account.server if self.way.app == "server" else kept.get("base", "")
        return OwnApp(kept.get("client_id", ""), kept.get("client_secret", ""), base)

    def _form(self, url: str, app: OwnApp, data: Mapping[str, str]) -> Request:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        if self.way.client_in == "basic":
            pair = f"{quote(app.client_id)}:{quote(app.client_secret)}".encode()
            headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
            own = {}
        else:
            own = {self.way.client_id_field: app.client_id, "client_secret": app.client_secret}
        return Request("POST", url, headers, urlencode({**data, **own}).encode())


async def open_or_renew(dialect: Dialect, saved: Mapping[str, str], api: Api) -> dict[str, str]:
    """`open_session` of an account that signed in (or pasted a token). Each renewal may bring the
    next refresh token, kept with the session: what the session holds wins over the credentials."""
    kept = {**api.account.credentials, **saved}
    is_refused = kept.pop("refused", None) is not None
    if not is_refused and is_fresh(kept, api.now):
        return kept
    return dict(await dialect.refresh(kept, api))


def credentials(
    answer: Mapping[str, Any], app: OwnApp, way: str, before: Mapping[str, str], now: datetime
) -> dict[str, str]:
    """What is kept of a token answer: a refresh token that is not repeated stays the old one."""
    told = {
        name: str(answer[name]) for name in ("access_token", "refresh_token", "scope") if answer.get(name)
    }
    kept = {**before, **told, "way": way, "client_id": app.client_id, "client_secret": app.client_secret}
    kept.pop("expires_at", None)
    for name, source in (("expires_at", "expires_in"), ("refresh_expires_at", _refresh_life(answer))):
        if answer.get(source):
            kept[name] = (now + timedelta(seconds=int(answer[source]))).isoformat()
    if app.base:
        kept["base"] = app.base
    return kept


def _refresh_life(answer: Mapping[str, Any]) -> str:
    names = ("refresh_token_expires_in", "refresh_expires_in")
    return next((name for name in names if answer.get(name)), "")


def signed_in_until(kept: Mapping[str, str], way: SignIn | None, since: datetime) -> datetime | None:
    """When a person has to sign in again at the latest; None where it renews itself for ever."""
    if kept.get("refresh_expires_at"):
        return datetime.fromisoformat(kept["refresh_expires_at"])
    if kept.get("refresh_token"):
        return None
    if kept.get("expires_at"):
        return datetime.fromisoformat(kept["expires_at"])
    return since + timedelta(days=way.lasts_days) if way is not None and way.lasts_days else None


def refusal(answer: Mapping[str, Any]) -> BlockedError:
    """What came back with the person, or from the token's address, as a sentence."""
    error = str(answer.get("error") or answer.get("error_reason") or "")
    if error in _NO:
        return BlockedError(Message(SAID_NO), BlockReason.SIGN_IN)
    words = str(answer.get("error_description") or error or "?")
    return BlockedError(Message(REFUSED, {"answer": words[:200]}), BlockReason.SIGN_IN)


def account_with(kept: Mapping[str, str], server: str) -> Account:
    """An account of which nothing is known but how to speak for it."""
    return Account(kind="", remote_id="", handle="", server=server, credentials=dict(kept))
