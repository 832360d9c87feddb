"""Who may come in from the company's OpenID Connect provider: people with an account or an invitation for
an address that the provider has verified. Nobody else.
"""

import functools
from typing import Any

import requests
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import get_language

from tesselle.workspaces.models import User
from tesselle.workspaces.selectors import invitations_for
from tesselle.workspaces.sign_in import guard
from tesselle.workspaces.sign_in.providers import SLUG, current


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The library's own table keeps client secrets in the clear; ours are handed over from the vault."""
        known = current()
        if known is None or provider not in (None, SLUG, "openid_connect"):
            return []
        if client_id and client_id != known.client_id:
            return []
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=SLUG,
                name=known.name,
                client_id=known.client_id,
                secret=known.client_secret,
                settings={"server_url": known.issuer, "oauth_pkce_enabled": True},
            )
        ]

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """An account with this address, where both sides have verified it: an address that only stands in
        an account might have been put there by somebody who waits for its owner to come."""
        for email in _verified(sociallogin):
            own = (
                EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
            )
            if own is not None and own.user.is_active:
                return own.user, own.email
        return None

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return bool(invitations_for(_verified(sociallogin)))

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Say why nobody is let in, instead of the library's "sign-up is closed"."""
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        if not self.is_open_for_signup(request, sociallogin):
            raise ImmediateHttpResponse(_stranger(request, sociallogin))
        email = _verified(sociallogin)[0]
        if User.objects.filter(email__iexact=email).exists():
            raise ImmediateHttpResponse(_stranger(request, sociallogin))

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user = sociallogin.user
        user.email = str(data.get("email") or "").lower()
        user.name = str(data.get("name") or "")[:150]
        user.language = get_language() or user.language
        return user  # type: ignore[no-any-return]

    def get_requests_session(self) -> requests.Session:
        session = requests.Session()
        session.mount("http://", guard.GuardedAdapter())
        session.mount("https://", guard.GuardedAdapter())
        session.max_redirects = 0
        session.trust_env = False
        session.request = functools.partial(session.request, timeout=guard.TIMEOUT_SECONDS)  # type: ignore[method-assign]
        return session


def _verified(sociallogin: SocialLogin) -> list[str]:
    return [address.email for address in sociallogin.email_addresses if address.verified]


def _stranger(request: HttpRequest, sociallogin: SocialLogin) -> Any:
    known = current()
    values = {
        "provider_name": known.name if known else "",
        "email": next((address.email for address in sociallogin.email_addresses), ""),
        "is_verified": bool(_verified(sociallogin)),
    }
    return render(request, "socialaccount/stranger.html", values, status=403)
