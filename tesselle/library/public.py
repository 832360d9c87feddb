"""Signed addresses under which a network may fetch one file for some hours, without signing in."""

import hashlib
import hmac
import time
from urllib.parse import quote

from django.conf import settings
from django.utils.crypto import salted_hmac

from tesselle.library import names
from tesselle.library.storage import Store

LIVES_SECONDS = 24 * 3600
"""Networks fetch within minutes; a film in a long queue may take hours."""

_SALT = "tesselle.library.public"
PREFIX = "/m/"


def address_of(name: str, store: Store, *, seconds: int = LIVES_SECONDS) -> str:
    """The bucket's own signed address where there is one, else one of ours."""
    return store.address(name, seconds) or f"{settings.PUBLIC_URL}{path_of(name, seconds=seconds)}"


def path_of(name: str, *, seconds: int = LIVES_SECONDS, now: float | None = None) -> str:
    until = int((time.time() if now is None else now) + seconds)
    return f"{PREFIX}{until:x}.{_mac(name, until)}/{quote(name)}"


def is_signed(name: str, token: str, *, now: float | None = None) -> bool:
    """Whether we signed exactly this name, and its time has not passed."""
    told, _, mac = token.partition(".")
    try:
        until = int(told, 16)
    except ValueError:
        return False
    genuine = hmac.compare_digest(_mac(name, until), mac) if mac.isascii() else False
    return genuine and until > (time.time() if now is None else now) and bool(names.mime_of(name))


def _mac(name: str, until: int) -> str:
    return salted_hmac(_SALT, f"{until}\n{name}", algorithm=hashlib.sha256().name).hexdigest()
