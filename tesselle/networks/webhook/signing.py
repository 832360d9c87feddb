"""Signatures of the Standard Webhooks specification, version 1 (HMAC-SHA256).

Source: spec/standard-webhooks.md of standard-webhooks/standard-webhooks, read 2026-08-17.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence

PREFIX = "whsec_"
SHORTEST_SECRET_BYTES, LONGEST_SECRET_BYTES = 24, 64


def key_of(secret: str) -> bytes:
    """The bytes behind `whsec_...`.

    Raises:
        ValueError: no prefix, no base64, too short or too long. Its text does not quote the secret.
    """
    if not secret.startswith(PREFIX):
        raise ValueError("no prefix")
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("not base64") from None
    if not SHORTEST_SECRET_BYTES <= len(key) <= LONGEST_SECRET_BYTES:
        raise ValueError("length")
    return key


def signature(secrets: Sequence[str], event_id: str, timestamp: str, body: bytes) -> str:
    """The header's value: one signature for each secret, separated by spaces."""
    signed = f"{event_id}.{timestamp}.".encode() + body
    digests = (hmac.digest(key_of(secret), signed, hashlib.sha256) for secret in secrets)
    return " ".join(f"v1,{base64.b64encode(digest).decode()}" for digest in digests)
