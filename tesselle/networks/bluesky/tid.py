"""Record keys: 13 letters that sort by time, made so that a step always gets the same one.

Source: https://atproto.com/specs/tid (read 2026-08-20).
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def tid(microseconds: int, clock_id: int) -> str:
    """53 bits of microseconds since 1970, then 10 bits of clock id, five bits a letter."""
    value = (microseconds << 10) | clock_id
    return "".join(ALPHABET[(value >> shift) & 31] for shift in range(60, -1, -5))


def record_key(instant: datetime, key: str) -> str:
    """The key of a step's record: its instant to the millisecond, the rest drawn from `key`.

    A million keys fit into one millisecond of one repository, so steps prepared together do not
    meet, and a repeated step always meets itself.
    """
    milliseconds = (instant - EPOCH) // timedelta(milliseconds=1)
    drawn = int.from_bytes(sha256(key.encode()).digest()[:8], "big")
    return tid(milliseconds * 1000 + drawn % 1000, drawn // 1000 % 1024)
