"""Encryption of what must not be read from a stolen database.

Source: Fernet, https://cryptography.io/en/latest/fernet/ (read 2026-11-23).
"""

import json
from collections.abc import Mapping
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(values: Mapping[str, str]) -> str:
    """Encrypt a mapping with the newest key."""
    return _box(settings.ENVIRONMENT.encryption_keys).encrypt(json.dumps(dict(values)).encode()).decode()


def unseal(text: str) -> dict[str, str]:
    """Decrypt with whichever key fits; an empty text is an empty mapping.

    Raises:
        cryptography.fernet.InvalidToken: none of the keys fits.
    """
    if not text:
        return {}
    values: dict[str, str] = json.loads(_box(settings.ENVIRONMENT.encryption_keys).decrypt(text.encode()))
    return values


def reseal(text: str) -> str:
    """The same secret under the newest key."""
    return _box(settings.ENVIRONMENT.encryption_keys).rotate(text.encode()).decode() if text else ""
