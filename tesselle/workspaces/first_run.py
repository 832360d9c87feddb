"""The first account: made once, by whoever can read the server's terminal."""

import hashlib
import secrets

from django.db import transaction

from tesselle.workspaces.models import FirstRunToken, User

PATH = "/first-run/"
"""Where the page is; the start-up message leads there."""


def is_open() -> bool:
    """Whether nobody has an account yet."""
    return not User.objects.exists()


@transaction.atomic
def issue_token() -> str:
    """A new token, kept only as a hash; earlier ones are worth nothing from now on."""
    token = secrets.token_urlsafe(24)
    FirstRunToken.objects.all().delete()
    FirstRunToken.objects.create(digest=_digest(token))
    return token


def check_token(token: str) -> bool:
    """True for the newest token, as long as nobody has an account."""
    return is_open() and FirstRunToken.objects.filter(digest=_digest(token)).exists()


def _digest(token: str) -> str:
    # Drawn at random, 192 bits: a plain hash is enough.
    return hashlib.sha256(token.encode()).hexdigest()
