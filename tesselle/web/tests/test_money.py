"""Amounts of money in both languages."""

from decimal import Decimal

import pytest
from django.utils import translation

from tesselle.web.money import money


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (62, "62 CHF", "CHF 62"),
        (Decimal("62.00"), "62 CHF", "CHF 62"),
        (Decimal("1250.5"), "1 250,50 CHF", "CHF 1,250.50"),
        (Decimal("0.125"), "0,13 CHF", "CHF 0.13"),
        (Decimal(200) / 3, "66,67 CHF", "CHF 66.67"),
        (Decimal(0), "0 CHF", "CHF 0"),
        (1_000_000, "1 000 000 CHF", "CHF 1,000,000"),
        (None, "", ""),
    ],
)
def test_an_amount_is_written_as_its_reader_writes_it(value: Decimal | int | None, french: str, english: str):
    with translation.override("fr"):
        assert money(value, "CHF") == french.replace(" ", "\u00a0")
    with translation.override("en"):
        assert money(value, "CHF") == english.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("value", "written"),
    [("0.015", "USD 0.015"), ("0.200", "USD 0.20"), ("0.0454", "USD 0.0454"), ("3.0000", "USD 3")],
)
def test_a_price_below_a_cent_keeps_its_digits(value: str, written: str):
    with translation.override("en"):
        assert money(Decimal(value), "USD", finest=4) == written.replace(" ", "\u00a0")
