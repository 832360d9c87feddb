"""Signing in on the network's page, where it departs from plain OAuth 2.

The code is worth a token of an hour or two, which is swapped at once for one of about sixty days.
Accounts that speak with a token of their own (Pages) get it from there; theirs has no end.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from tesselle.connectors.api import AnswerError
from tesselle.connectors.dialects.graph.answers import error_of
from tesselle.connectors.dialects.graph.wire import Graph, base_of
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.oauth2 import OAuth2, credentials, place, refusal
from tesselle.connectors.protocols import Api, OwnApp
from tesselle.domain.errors import BlockedError, NotSentError, RejectedError
from tesselle.domain.messages import N_, Message

UNREADABLE = N_("The network’s answer to the sign-in could not be read. Begin again.")
UNKNOWN_APP = {101, 1}
"""No such application; wrong secret."""


class GraphLogin(OAuth2):
    """Errors come as the Graph API's, and the first token is swapped for one that lasts."""

    async def exchange(
        self, app: OwnApp, redirect: str, returned: Mapping[str, str], verifier: str, api: Api
    ) -> Mapping[str, str]:
        code = returned.get("code", "")
        if not code:
            raise refusal(returned)
        short = await self._answer(
            self._form(place(self.way.token, app.base), app, {"redirect_uri": redirect, "code": code}), api
        )
        return await self.lasting(app, str(short.get("access_token", "")), api)

    async def lasting(self, app: OwnApp, short: str, api: Api) -> dict[str, str]:
        query = {
            "grant_type": "fb_exchange_token",
            "client_id": app.client_id,
            "client_secret": app.client_secret,
            "fb_exchange_token": short,
        }
        address = f"{place(self.way.token, app.base)}?{urlencode(query)}"
        answer = await self._answer(Request("GET", address, {"Accept": "application/json"}), api)
        if not answer.get("access_token"):
            raise NotSentError(Message(UNREADABLE))
        return credentials(answer, app, self.way.slug, {}, api.now)

    async def _answer(self, request: Request, api: Api) -> Mapping[str, Any]:
        try:
            return (await api.call(request)).mapping()
        except AnswerError as error:
            told = error_of(error.response)
            if error.response.status >= 500 or told is None:
                raise
            raise refusal({"error": told.words}) from error
        except RejectedError as error:
            raise refusal({"error": str(error.message)}) from error

    async def knows(self, app: OwnApp, redirect: str, api: Api) -> bool:
        data = {"redirect_uri": redirect, "code": "none"}
        try:
            await api.call(self._form(place(self.way.token, app.base), app, data))
        except AnswerError as error:
            told = error_of(error.response)
            if told is None:
                raise
            return told.code not in UNKNOWN_APP
        except BlockedError:
            return False
        except RejectedError:
            return True
        return True


@dataclass(frozen=True, slots=True)
class Inspected:
    """What the network says of a token. `reads_until`: after that a person has to come by again."""

    valid: bool
    kind: str
    scopes: frozenset[str]
    reads_until: datetime | None


async def inspect(graph: Graph, kept: Mapping[str, str], api: Api, app_prefix: str = "") -> Inspected:
    """`app_prefix`: what stands before the application's number where it speaks for itself.

    Raises NetworkError; ValueError for an answer that tells nothing."""
    app_token = f"{app_prefix}{kept.get('client_id', '')}|{kept.get('client_secret', '')}"
    asked = {"input_token": kept.get("access_token", ""), "access_token": app_token}
    url = f"{graph.address(base_of(api, kept), 'debug_token')}?{urlencode(asked)}"
    data = (await api.call(Request("GET", url, {"Accept": "application/json"}))).mapping().get("data")
    if not isinstance(data, dict):
        raise ValueError("nothing is told about the token")
    until = data.get("data_access_expires_at")
    return Inspected(
        valid=bool(data.get("is_valid")),
        kind=str(data.get("type", "")),
        scopes=frozenset(str(one) for one in data.get("scopes") or ()),
        reads_until=datetime.fromtimestamp(until, UTC) if isinstance(until, int) and until > 0 else None,
    )
