"""Signing in where an account has an application of its own: a token of an hour that is swapped for one of
sixty days, and that one renewed with itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tesselle.connectors.api import AnswerError
from tesselle.connectors.dialects.graph.login import UNREADABLE
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.oauth2 import NO_LONGER, OAuth2, credentials, place, refusal
from tesselle.connectors.protocols import Api, OwnApp
from tesselle.domain.errors import BlockedError, NotSentError, RejectedError
from tesselle.domain.messages import Message
from tesselle.domain.verdicts import BlockReason


@dataclass(frozen=True, slots=True)
class LastingLogin(OAuth2):
    """`host`: where tokens are swapped and renewed. `prefix`: how the network begins the names of its grants."""

    host: str
    prefix: str

    async def exchange(
        self, app: OwnApp, redirect: str, returned: Mapping[str, str], verifier: str, api: Api
    ) -> Mapping[str, str]:
        code = returned.get("code", "").removesuffix("#_")
        if not code:
            raise refusal(returned)
        data = {"grant_type": "authorization_code", "redirect_uri": redirect, "code": code}
        answer = await self._answer(self._form(place(self.way.token, app.base), app, data), api)
        short = self.token_of(answer)
        told = {"client_secret": app.client_secret, "access_token": str(short.get("access_token", ""))}
        lasting = await self._lasting("access_token", f"{self.prefix}_exchange_token", told, app.base, api)
        return self._kept({**lasting, "scope": _scopes(short)}, app, {}, api)

    def token_of(self, answer: Mapping[str, Any]) -> Mapping[str, Any]:
        """Shown inside a list by one documentation, bare by another."""
        rows = answer.get("data")
        return rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else answer

    async def refresh(self, kept: Mapping[str, str], api: Api) -> Mapping[str, str]:
        if not kept.get("refresh_token"):
            raise BlockedError(Message(NO_LONGER), BlockReason.SIGN_IN)
        told = {"access_token": kept["refresh_token"]}
        base = kept.get("base", "")
        answer = await self._lasting("refresh_access_token", f"{self.prefix}_refresh_token", told, base, api)
        app = OwnApp(kept.get("client_id", ""), kept.get("client_secret", ""), base)
        return self._kept(answer, app, kept, api)

    async def _lasting(
        self, path: str, grant: str, told: Mapping[str, str], base: str, api: Api
    ) -> Mapping[str, Any]:
        address = f"{place(f'{self.host}/{path}', base)}?{urlencode({'grant_type': grant, **told})}"
        answer = await self._answer(Request("GET", address, {"Accept": "application/json"}), api)
        if not answer.get("access_token"):
            raise NotSentError(Message(UNREADABLE))
        return answer

    def _kept(
        self, answer: Mapping[str, Any], app: OwnApp, before: Mapping[str, str], api: Api
    ) -> dict[str, str]:
        """A token that is renewed with itself is its own refresh token, and ends when it does."""
        kept = credentials(answer, app, self.way.slug, before, api.now)
        return {**kept, "refresh_token": kept["access_token"]}

    async def _answer(self, request: Request, api: Api) -> Mapping[str, Any]:
        try:
            return (await api.call(request)).mapping()
        except AnswerError as error:
            if error.response.status not in {400, 401, 403}:
                raise
            told = error.response.mapping()
            words = told.get("error_message") or told.get("error")
            raise refusal({"error": words if isinstance(words, str) else ""}) from error
        except RejectedError as error:
            raise refusal({"error": str(error.message)}) from error


def _scopes(answer: Mapping[str, Any]) -> str:
    told = answer.get("permissions") or ""
    return " ".join(told) if isinstance(told, list) else " ".join(str(told).replace(",", " ").split())
