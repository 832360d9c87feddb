"""How long a sign-in lasts, read from what is kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tesselle.connectors import oauth2
from tesselle.connectors.card import SignIn
from tesselle.networks import card

AHEAD = 0.75
"""A token is renewed when so much of its life has passed: early enough to try for days."""


@dataclass(frozen=True, slots=True)
class Life:
    """`renew_at`: when to renew it; `until`: when a person has to sign in again at the latest."""

    renew_at: datetime | None = None
    until: datetime | None = None


def way_of(network: str, way: str) -> SignIn | None:
    """The card's way of that name; None for what was pasted, and for a network that is gone."""
    try:
        return next((one for one in card(network).sign_ins if one.slug == way), None)
    except LookupError:
        return None


def life_of(kept: Mapping[str, str], network: str, now: datetime) -> Life:
    """`kept`: credentials or a session, just got. Nothing is known of what tells no end."""
    way = way_of(network, kept.get("way", ""))
    until = oauth2.signed_in_until(kept, way, now)
    if not kept.get("refresh_token") or not kept.get("expires_at"):
        return Life(None, until)
    left = datetime.fromisoformat(kept["expires_at"]) - now
    return Life(now + left * AHEAD, until)
