"""Signing in on X, where it departs from plain OAuth 2: access and refresh token are revoked each by itself."""

from collections.abc import Mapping

from tesselle.connectors.oauth2 import OAuth2
from tesselle.connectors.protocols import Api


class AccountSignIn(OAuth2):
    """Access tokens live two hours; a refresh token is good once, and its answer brings the next."""

    async def revoke(self, kept: Mapping[str, str], api: Api) -> None:
        await super().revoke({**kept, "refresh_token": ""}, api)
        if kept.get("refresh_token"):
            await super().revoke(kept, api)
