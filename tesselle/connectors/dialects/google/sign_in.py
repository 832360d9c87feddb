"""Signing in with Google: plain OAuth 2, with two words without which nothing can be renewed later."""

import re
from collections.abc import Mapping

from tesselle.connectors.card import SignIn

AUTHORIZE = "https://accounts.google.com/o/oauth2/v2/auth"
TOKEN = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
REVOKE = "https://oauth2.googleapis.com/revoke"
ALWAYS_RENEWABLE = {"access_type": "offline", "prompt": "consent"}
"""Google gives a refresh token only so, and at a repeated sign-in only if it asks the person again."""
TESTING_DAYS = 7
"""So long a refresh token lives while the project's consent screen is in status “Testing”."""

KEPT = (
    *("access_token", "refresh_token", "expires_at", "refresh_expires_at", "scope"),
    *("client_id", "client_secret", "way", "base"),
)
"""Of what a sign-in brings."""


def google_sign_in(
    label: str, scopes: tuple[str, ...], app_steps: tuple[str, ...], *, chooses: bool = False
) -> SignIn:
    return SignIn(
        slug="google",
        label=label,
        app="installation",
        authorize=AUTHORIZE,
        token=TOKEN,
        revoke=REVOKE,
        scopes=scopes,
        extra=ALWAYS_RENEWABLE,
        pkce="S256",
        chooses=chooses,
        app_steps=app_steps,
    )


def missing_scopes(credentials: Mapping[str, str], wanted: tuple[str, ...]) -> tuple[str, ...]:
    """People can untick single rights on Google's page; nothing told is nothing missing."""
    had = set(re.split(r"[ ,]+", credentials.get("scope", "").strip()))
    return tuple(one for one in wanted if one not in had) if had != {""} else ()


def kept_of(credentials: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in credentials.items() if name in KEPT and value}


def bearer(session: Mapping[str, str]) -> dict[str, str]:
    return {"Authorization": f"Bearer {session.get('access_token', '')}", "Accept": "application/json"}
