"""Figures as they are written: grouped digits, whole percents above twenty, a dash never a zero.

Rounded here: Django cuts off what it does not show, so that two thirds would be 66 %.
"""

from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext

from tesselle.measure.indicators import Unit

NEARLY_ALL = 99.9


def written(value: float | None, unit: Unit) -> str:
    """Empty for what is missing."""
    if value is None:
        return ""
    if unit == "seconds":
        return lasting(round(value))
    return share(value) if unit == "share" else count(value)


def count(value: float) -> str:
    """Half interactions exist in medians only: they keep one decimal."""
    places = 0 if value == int(value) else 1
    return _grouped(round(value, places), places, get_language() or "")


def lasting(seconds: int) -> str:
    """In the two largest units: nobody compares hours by their seconds."""
    minutes, rest = divmod(seconds, 60)
    if minutes >= 60:
        return gettext("%(hours)s h %(minutes)02d") % {"hours": count(minutes // 60), "minutes": minutes % 60}
    if minutes:
        return gettext("%(minutes)s min %(seconds)02d s") % {"minutes": minutes, "seconds": rest}
    return gettext("%(seconds)s s") % {"seconds": rest}


def share(value: float) -> str:
    """A fraction as percents, with as many decimals as it can carry. What is not all is not told as all."""
    percent = value * 100
    is_nearly_all = 99 < percent < 100
    places = 0 if not percent else 2 if abs(percent) < 1 else 1 if abs(percent) < 20 or is_nearly_all else 0
    rounded = min(round(percent, places), NEARLY_ALL) if is_nearly_all else round(percent, places)
    number = _grouped(rounded, places, get_language() or "")
    return gettext("%(number)s%%") % {"number": number}


def change(value: float) -> str:
    """A fraction as a change, with its sign."""
    percent = round(value * 100)
    sign = "+" if percent > 0 else "−" if percent < 0 else "±"
    return sign + whole(abs(value))


def whole(value: float) -> str:
    """A fraction as whole percents."""
    number = _grouped(round(value * 100), 0, get_language() or "")
    return gettext("%(number)s%%") % {"number": number}


@lru_cache(maxsize=4096)
def _grouped(value: float, places: int, _language: str) -> str:
    """Pages and tables of readings hold the same few hundred numbers."""
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)
