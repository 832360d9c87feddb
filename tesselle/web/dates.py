"""Dates as they are written in the reader's language."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language


def written(day: date, style: str) -> str:
    """`style` is a translated format, `pgettext("date format", …)`. French says « 1er » for the first."""
    if day.day == 1 and (get_language() or "").startswith("fr"):
        style = style.replace("j", r"j\e\r", 1)
    return date_format(day, style)
