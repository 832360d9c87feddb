"""What anybody may ask of an account without signing in, from the server that it lives on."""

import re

from tesselle.connectors.http.exchange import Request
from tesselle.networks.mastodon.wire import address

_PAGE = re.compile(
    r"(?P<server>https://[A-Za-z0-9.-]+(:\d{1,5})?)/@(?P<name>[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?)/?"
)


def account_request(page: str) -> Request | None:
    """None: that is no account's page, or one of another server that this one only shows."""
    found = _PAGE.fullmatch(page)
    if found is None:
        return None
    asked = address(found["server"], "/api/v1/accounts/lookup", {"acct": found["name"]})
    return Request("GET", asked, {"Accept-Language": "en"})
