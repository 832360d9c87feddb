"""The identity provider is spoken to under the same rule as every address a person typed: private networks
only where the operator allows them (TESSELLE_ALLOW_PRIVATE).
"""

import socket
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter

from tesselle.connectors.http.guarded import REFUSED, Guard

TIMEOUT_SECONDS = 5


class GuardedAdapter(HTTPAdapter):
    """Refuses before connecting. Unlike the connectors' client it cannot pin what it resolved; the address is
    the operator's own choice, and the provider's keys decide whom we believe."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        refuse_private(request.url or "")
        return super().send(request, *args, **kwargs)


def refuse_private(url: str) -> None:
    """Raises requests.ConnectionError: the name leads nowhere, or into a private network."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    guard = Guard(settings.ENVIRONMENT.allowed_private)
    try:
        found = socket.getaddrinfo(host, parts.port or 443, type=socket.SOCK_STREAM)
    except OSError as error:
        raise requests.ConnectionError(f"{host}: {error}") from error
    if not all(guard.allows(host, str(address[4][0])) for address in found):
        raise requests.ConnectionError(f"{host}: {REFUSED}")
