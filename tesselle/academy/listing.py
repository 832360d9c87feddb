"""Parts of a sentence that hold commas themselves, one after the other."""

from collections.abc import Iterable

from django.utils.translation import pgettext


def listed(parts: Iterable[str]) -> str:
    """French puts a space before the sign."""
    return pgettext("between the parts of a list", "; ").join(parts)
