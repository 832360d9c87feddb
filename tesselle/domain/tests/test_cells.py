"""Days and counts as several countries write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tesselle.domain.cells import Order, guess_order, read_count, read_instant

ZURICH = ZoneInfo("Europe/Zurich")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("0", 0),
        ("1 234", 1234),
        ("1\u202f234", 1234),
        ("1'234", 1234),
        ("1,234", 1234),
        ("1.234.567", 1_234_567),
        ("12.0", 12),
        ("12,00", 12),
        ("1.234,0", 1234),
        ("3,5", None),
        ("1.2K", None),
        ("-1", None),
        ("12 %", None),
        ("9" * 30, None),
    ],
)
def test_counts_are_whole_however_they_are_grouped(text: str, count: int | None):
    assert read_count(text) == count


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-24",
        "24.11.2026",
        "24/11/26",
        "24 nov. 2026",
        "mardi 24 novembre 2026",
        "mar. 24 nov. 2026",
        "Nov 24, 2026",
        "Tue Nov 24, 2026",
        "24. November 2026",
        "24 novembre 2026",
    ],
)
def test_a_day_is_read_in_any_of_our_languages_and_has_no_time(text: str):
    told = read_instant(text, Order.DAY, ZURICH)

    assert told is not None
    assert (told.at.astimezone(ZURICH).date().isoformat(), told.has_time) == ("2026-11-24", False)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("11/24/2026 18:05", Order.MONTH),
        ("11/24/2026 6:05 PM", Order.MONTH),
        ("24.11.2026 18h05", Order.DAY),
        ("24 nov. 2026 à 18:05", Order.DAY),
        ("2026-11-24T17:05:00Z", Order.DAY),
        ("2026-11-24 17:05:00 +0000", Order.DAY),
        ("Tue, 24 Nov 2026 17:05 +0000", Order.DAY),
    ],
)
def test_a_clock_is_that_of_the_zone_unless_the_cell_says_more(text: str, order: Order):
    told = read_instant(text, order, ZURICH)

    assert told is not None
    assert told.has_time
    assert told.at == datetime(2026, 11, 24, 18, 5, tzinfo=ZURICH)


@pytest.mark.parametrize(
    "text",
    [
        "November 24",
        "45/45/2026",
        "24.13.2026",
        "soon",
        "2026",
        "24.11.2026 25:70",
        "0/0/0",
        "0001-01-01",
        "0001-01-01T00:00:00",
        "9999-12-31 23:59 -05:00",
        "31.12.9999",
    ],
)
def test_what_is_no_day_is_none(text: str):
    assert read_instant(text, Order.DAY, ZURICH) is None


def test_the_column_tells_which_number_is_the_month():
    assert guess_order(["03/04/2026", "05/17/2026"], Order.DAY) is Order.MONTH
    assert guess_order(["03/04/2026", "17/05/2026"], Order.MONTH) is Order.DAY
    assert guess_order(["03/04/2026"], Order.MONTH) is Order.MONTH


@pytest.mark.parametrize("text", ["1795507200", "1795507200000", "2026-11-24T08:00:00+0000"])
def test_instants_as_interfaces_tell_them_are_read_too(text: str):
    told = read_instant(text, Order.DAY, ZURICH)

    assert told is not None
    assert told.at == datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert told.has_time


def test_a_day_and_an_hour_without_signs_are_no_seconds_since_1970():
    assert read_instant("2026112408", Order.DAY, ZURICH) is None
