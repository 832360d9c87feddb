"""Which days there are. At the ends of what a date can hold, the next day, or the hour elsewhere, is none."""

from datetime import date

from tesselle.domain.messages import N_

FIRST_YEAR, LAST_YEAR = 1971, 2199
OUT_OF_REACH = N_("No calendar reaches that far. Choose a day of the years 1971 to 2199.")


def in_reach(day: date) -> bool:
    """Of a year that a calendar shows."""
    return FIRST_YEAR <= day.year <= LAST_YEAR
