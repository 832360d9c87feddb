"""What anybody may ask of an account without signing in, from Bluesky's public AppView."""

import re

from tesselle.connectors.http.exchange import Request
from tesselle.networks.bluesky import xrpc

APPVIEW = "https://public.api.bsky.app"
_PAGE = re.compile(r"https://bsky\.app/profile/(?P<actor>did:[a-z]+:[A-Za-z0-9.:_-]+|[A-Za-z0-9.-]+)/?")


def profile_request(page: str) -> Request | None:
    """None: that is no account's page."""
    found = _PAGE.fullmatch(page)
    return xrpc.query(APPVIEW, "app.bsky.actor.getProfile", {"actor": found["actor"]}) if found else None
