"""Links that need no account: a token drawn at random, kept only as its hash."""

import hashlib
import secrets


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    # Drawn at random, 256 bits: a plain hash is enough.
    return hashlib.sha256(token.encode()).hexdigest()
