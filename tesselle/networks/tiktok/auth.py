"""Signing in, where TikTok departs from plain OAuth 2: the access token is what is revoked."""

from collections.abc import Mapping

from tesselle.connectors.oauth2 import OAuth2, place
from tesselle.connectors.protocols import Api


class TikTokSignIn(OAuth2):
    async def revoke(self, kept: Mapping[str, str], api: Api) -> None:
        if kept.get("access_token"):
            app = self._app_of(kept, api)
            data = {"token": kept["access_token"]}
            await api.call(self._form(place(self.way.revoke, app.base), app, data))
