"""Amounts of money as the reader's language writes them: 1 250,50 CHF in French, CHF 1,250.50 in English.

The currency is written by its ISO code: a sign such as $ belongs to several.
"""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import pgettext

CENTS = 2
PRICE_DIGITS = 4
"""Networks bill less than a cent for one step."""


def money(value: Decimal | int | None, currency: str, *, finest: int = CENTS) -> str:
    """No decimals when whole, else two; a price of less than a cent keeps up to `finest`. Nothing for None."""
    if value is None:
        return ""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-finest), ROUND_HALF_UP)
    number = number_format(rounded, decimal_pos=_places(rounded), use_l10n=True, force_grouping=True)
    return pgettext("amount", "%(currency)s\u00a0%(number)s") % {"currency": currency, "number": number}


def _places(value: Decimal) -> int:
    if value == value.to_integral_value():
        return 0
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # a letter only for what is no number
    return max(CENTS, -exponent)
