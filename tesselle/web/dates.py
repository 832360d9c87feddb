"""Dates as they are written in the reader's language."""

from datetime import date, datetime
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language


def written(day: date, style: str) -> str:
    """`style` is a translated format, `pgettext("date format", …)`. French says « 1er » for the first.

    A page writes the same few days again and again: each is put into words once. A moment is written by
    the clock that it carries; zones are told apart, since two may show one moment differently.
    """
    if isinstance(day, datetime):
        return _written(day.replace(tzinfo=None), style, get_language() or "", str(day.tzinfo))
    return _written(day, style, get_language() or "", "")


@lru_cache(maxsize=4096)
def _written(day: date, style: str, language: str, _zone: str) -> str:
    if day.day == 1 and language.startswith("fr"):
        style = style.replace("j", r"j\e\r", 1)
    return date_format(day, style)
