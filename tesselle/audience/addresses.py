"""How an e-mail address is written down, so that the same one is never kept twice."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

LONGEST = 254
"""RFC 5321, 4.5.3.1.3, less the angle brackets."""


def tidy(text: str) -> str:
    """Without spaces around, in small letters: no mail provider that people use tells them apart."""
    return text.strip().lower()


def is_address(text: str) -> bool:
    """One that our mails can be sent to: ASCII before the @, since few servers take anything else."""
    if len(text) > LONGEST or not text.partition("@")[0].isascii():
        return False
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
