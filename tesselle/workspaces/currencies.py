"""The usual currency of a time zone's place."""

from functools import cache
from pathlib import Path

import tzdata

from tesselle.workspaces.models import Workspace

_COUNTRIES = {
    Workspace.Currency.CHF: "CH LI",
    Workspace.Currency.EUR: (
        "AD AT AX BE BG BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK SM VA YT"
    ),
    Workspace.Currency.GBP: "GB GG IM JE",
    Workspace.Currency.USD: "AS GU MP PR US VI",
    Workspace.Currency.CAD: "CA",
    Workspace.Currency.AUD: "AU CC CX NF",
    Workspace.Currency.DKK: "DK FO GL",
    Workspace.Currency.MAD: "EH MA",
    Workspace.Currency.NOK: "NO SJ",
    Workspace.Currency.SEK: "SE",
}


def currency_of(zone: str) -> str:
    """Empty where it is none that amounts can be noted in, or the zone is no place of one country."""
    return _by_country().get(_countries().get(zone, ""), "")


@cache
def _by_country() -> dict[str, str]:
    return {code: one.value for one, codes in _COUNTRIES.items() for code in codes.split()}


@cache
def _countries() -> dict[str, str]:
    table = Path(tzdata.__file__).parent / "zoneinfo" / "zone.tab"
    rows = (line.split("\t") for line in table.read_text().splitlines() if not line.startswith("#"))
    return {row[2]: row[0] for row in rows}
