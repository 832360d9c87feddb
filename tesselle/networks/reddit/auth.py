"""Signing in, where Reddit departs from plain OAuth 2."""

from collections.abc import Mapping
from dataclasses import replace

from tesselle.connectors.api import AnswerError
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.oauth2 import OAuth2, place
from tesselle.connectors.protocols import Api, OwnApp
from tesselle.domain.errors import BlockedError, RejectedError
from tesselle.networks.reddit.wire import user_agent


class RedditSignIn(OAuth2):
    def _form(self, url: str, app: OwnApp, data: Mapping[str, str]) -> Request:
        """It wants to know who asks here too."""
        request = super()._form(url, app, data)
        headers = {**request.headers, "User-Agent": user_agent(app.client_id, "")}
        return replace(request, headers=headers)

    async def revoke(self, kept: Mapping[str, str], api: Api) -> None:
        """Both: that the one ends with the other is nowhere promised."""
        app = self._app_of(kept, api)
        for hint in ("refresh_token", "access_token"):
            if kept.get(hint):
                data = {"token": kept[hint], "token_type_hint": hint}
                await api.call(self._form(place(self.way.revoke, app.base), app, data))

    async def knows(self, app: OwnApp, redirect: str, api: Api) -> bool:
        """An unknown application is not let in (401); a known one is told that the code is wrong, be it
        with a 400 or with a 200."""
        data = {"grant_type": "authorization_code", "code": "none", "redirect_uri": redirect}
        try:
            answer = await api.call(self._form(place(self.way.token, app.base), app, data))
        except AnswerError as error:
            if error.response.status == 401:
                return False
            if error.response.status >= 500 or not error.response.mapping():
                raise
            return True
        except BlockedError:
            return False
        except RejectedError:
            return True
        return bool(answer.mapping())
