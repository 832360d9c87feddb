"""Signing in, where Pinterest departs from plain OAuth 2."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from tesselle.connectors.api import AnswerError
from tesselle.connectors.oauth2 import OAuth2, place
from tesselle.connectors.protocols import Api, OwnApp
from tesselle.domain.errors import BlockedError, RejectedError


class PinterestSignIn(OAuth2):
    def address(self, app: OwnApp, redirect: str, state: str, verifier: str) -> str:
        """Pinterest's trial area has an API of its own, but one signs in on the usual page."""
        is_pinterests = (urlsplit(app.base).hostname or "").endswith(".pinterest.com")
        asked = OwnApp(app.client_id, app.client_secret, "", app.scopes) if is_pinterests else app
        return super().address(asked, redirect, state, verifier)

    async def _token(
        self, app: OwnApp, data: Mapping[str, str], before: Mapping[str, str], api: Api
    ) -> dict[str, str]:
        """Apps from before 25 September 2025 have to ask for refresh tokens that go on for ever."""
        if data.get("grant_type") == "authorization_code":
            data = {**data, "continuous_refresh": "true"}
        return await super()._token(app, data, before, api)

    async def knows(self, app: OwnApp, redirect: str, api: Api) -> bool:
        """An unknown app fails to authenticate (401); a known one is told that the code is wrong."""
        data = {"grant_type": "authorization_code", "code": "none", "redirect_uri": redirect}
        try:
            await api.call(self._form(place(self.way.token, app.base), app, data))
        except AnswerError as error:
            if error.response.status == 401:
                return False
            if error.response.status >= 500 or not error.response.mapping():
                raise
        except BlockedError:
            return False
        except RejectedError:
            return True
        return True
