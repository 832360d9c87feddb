"""What each tool costs in one's own cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext, ngettext, pgettext

from tesselle.academy.catalogue.prices import Case, Price, plans, price_of
from tesselle.academy.models import Path, PriceCase
from tesselle.web.money import money

SPARE = 2


@dataclass(frozen=True, slots=True)
class PriceLine:
    """`cells`: for each case the sentence of its price; empty: not known."""

    name: str
    cells: list[str]
    source: str


def usual_cases() -> list[dict[str, object]]:
    """Where somebody has said none yet."""
    return [
        {"name": gettext("Alone"), "people": 1, "channels": 5, "approval": False},
        {"name": gettext("Two, with approval"), "people": 2, "channels": 5, "approval": True},
    ]


def price_lines(path: Path, cases: Sequence[PriceCase]) -> list[PriceLine]:
    """Of the tools with a known price, in the order of the matrix."""
    sources = {plan.tool: plan.source for plan in plans()}
    wanted = [Case(case.people, case.channels, case.approval) for case in cases]
    return [
        PriceLine(tool.name, [price_words(price_of(tool.key, case)) for case in wanted], sources[tool.key])
        for tool in path.tools.all()
        if tool.key in sources
    ]


def price_words(price: Price | None) -> str:
    if price is None:
        return gettext("no known plan fits")
    values = {
        "month": _dollars(price.month),
        "year": _dollars(round(price.year)),
        "plan": price.plan.name,
    }
    if price.at_least:
        return gettext("at least %(month)s a month, %(year)s a year (%(plan)s)") % values
    if price.plan.about:
        return gettext("about %(month)s a month, %(year)s a year (%(plan)s)") % values
    return gettext("%(month)s a month, %(year)s a year (%(plan)s)") % values


def _dollars(amount: float) -> str:
    return money(Decimal(str(amount)), "USD")


def case_words(case: PriceCase) -> str:
    approval = pgettext("price", "with approval") if case.approval else pgettext("price", "without approval")
    people = ngettext("%(n)s person", "%(n)s people", case.people) % {"n": case.people}
    channels = ngettext("%(n)s channel", "%(n)s channels", case.channels) % {"n": case.channels}
    return f"{people}, {channels}, {approval}"
