"""OpenID Connect by the account library, with what it leaves open closed: the id token is always verified,
carries our nonce and speaks of the same person as the userinfo.

Sources: https://openid.net/specs/openid-connect-core-1_0.html sections 3.1.3.7 (checks of the id token),
5.3.2 (the subject of the userinfo) and 15.5.2 (the nonce), read 2026-11-25.
"""

import logging
from collections.abc import Sequence
from typing import Any

import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import constant_time_compare, salted_hmac

from tesselle.workspaces.sign_in.providers import SLUG

logger = logging.getLogger(__name__)


def nonce_for(state: str) -> str:
    """The state lies in this browser's session and is spent once, so what follows from it does both too."""
    return salted_hmac("tesselle.oidc.nonce", state, algorithm="sha256").hexdigest()


class Client(OAuth2Client):  # type: ignore[misc]  # allauth is not typed
    def get_redirect_url(
        self, authorization_url: str, scope: Sequence[str], extra_params: dict[str, str]
    ) -> str:
        extra = {**extra_params, "nonce": nonce_for(self.state)}
        return str(super().get_redirect_url(authorization_url, scope, extra))


class Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    client_class = Client

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Raises OAuth2Error: the answer is not one to this question."""
        id_token = kwargs["response"].get("id_token")
        if not id_token:
            raise OAuth2Error("no id token")
        claims = self._decode_id_token(app, id_token)
        if not constant_time_compare(claims.get("nonce", ""), nonce_for(request.GET.get("state", ""))):
            raise OAuth2Error("the id token answers another question (nonce)")
        userinfo = self._fetch_user_info(token.token)
        if not claims.get("sub") or claims["sub"] != userinfo.get("sub"):
            raise OAuth2Error("id token and userinfo speak of two people")
        return self.get_provider().sociallogin_from_response(
            request, {"userinfo": userinfo, "id_token": claims}
        )

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            found: dict[str, Any] = jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except KeyError as error:
            raise OAuth2Error(f"the provider's metadata or token lack {error}") from error
        return found


class Provider(OpenIDConnectProvider):  # type: ignore[misc]
    oauth2_adapter_class = Adapter
    pkce_enabled_default = True

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """Verified only where the provider says so in so many words; the text "false" is true in Python."""
        userinfo = data["userinfo"]
        email = userinfo.get("email")
        if not email:
            return []
        verified = userinfo.get("email_verified") in (True, "true")
        return [EmailAddress(email=str(email).lower(), verified=verified, primary=True)]


@login_not_required
def login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    return _handled(OAuth2LoginView, request, provider_id)


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    return _handled(OAuth2CallbackView, request, provider_id)


def _handled(
    view: type[OAuth2LoginView] | type[OAuth2CallbackView], request: HttpRequest, slug: str
) -> HttpResponseBase:
    if slug != SLUG:
        raise Http404
    try:
        answer: HttpResponseBase = view.adapter_view(Adapter(request, slug))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except (requests.RequestException, OAuth2Error, KeyError) as error:
        logger.warning("identity_provider_failed", extra={"why": str(error)[:300]})
        return render(
            request, "socialaccount/authentication_error.html", {"is_provider_down": True}, status=502
        )
    return answer
