"""Signing in, where Threads departs from its sister: an application can be asked for a token of its own."""

from urllib.parse import urlencode

from tesselle.connectors.api import AnswerError
from tesselle.connectors.dialects.graph.answers import error_of
from tesselle.connectors.dialects.graph.lasting import LastingLogin
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.oauth2 import place
from tesselle.connectors.protocols import Api, OwnApp
from tesselle.domain.errors import BlockedError, RejectedError


class ThreadsLogin(LastingLogin):
    async def knows(self, app: OwnApp, redirect: str, api: Api) -> bool:
        asked = {
            "grant_type": "client_credentials",
            "client_id": app.client_id,
            "client_secret": app.client_secret,
        }
        address = f"{place(self.way.token, app.base)}?{urlencode(asked)}"
        try:
            answer = (await api.call(Request("GET", address, {"Accept": "application/json"}))).mapping()
        except AnswerError as error:
            if error.response.status >= 500 or error_of(error.response) is None:
                raise
            return False
        except (BlockedError, RejectedError):
            return False
        return bool(answer.get("access_token"))
