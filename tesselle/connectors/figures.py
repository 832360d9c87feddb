"""Figures of a network's card that an installation knows better: what it was granted, what it is billed.

Written as `linkedin.calls=200, x.comment=0.005`: `calls`, what its daily budget allows, or
`units` where the network counts so (`youtube.units=50000`); `comment`, the price of
reading one; `post`, `part`, `answer`, `edit`, `delete`, the price of a step, and `answer_with_link` that of one
with an address; the `if_granted` of an option (`instagram.place_search=1`), that the network granted it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from tesselle.connectors.card import Cost, Network

DAY = 86_400
WITH_LINK = "_with_link"
Figures = Mapping[str, Decimal]


def read(text: str) -> dict[str, dict[str, Decimal]]:
    """By network. Raises ValueError: what cannot be read."""
    found: dict[str, dict[str, Decimal]] = {}
    for entry in filter(None, (one.strip() for one in text.split(","))):
        name, _, value = entry.partition("=")
        network, _, figure = name.strip().partition(".")
        try:
            amount = Decimal(value.strip())
        except InvalidOperation:
            raise ValueError(entry) from None
        if not figure or not amount.is_finite() or amount < 0:
            raise ValueError(entry)
        found.setdefault(network, {})[figure] = amount
    return found


def applied(card: Network, figures: Figures) -> Network:
    """Raises LookupError: a figure that this card does not have."""
    for name, amount in figures.items():
        change = _granted if any(one.if_granted == name for one in card.options) else _change(name)
        card = change(card, name, amount)
    return card


def _change(name: str) -> Callable[[Network, str, Decimal], Network]:
    found = {"calls": _with_calls, "units": _with_calls, "comment": _with_comment}
    return found.get(name, _with_price)


def _granted(card: Network, name: str, amount: Decimal) -> Network:
    if amount not in (0, 1):
        raise LookupError(name)
    return replace(card, granted=card.granted | {name} if amount else card.granted - {name})


def _with_calls(card: Network, name: str, amount: Decimal) -> Network:
    daily = [budget for budget in card.budgets if budget.seconds == DAY]
    if not daily or amount != int(amount) or amount < 1 or bool(daily[0].units) != (name == "units"):
        raise LookupError(name)
    others = tuple(budget for budget in card.budgets if budget.seconds != DAY)
    return replace(card, budgets=(*others, replace(daily[0], calls=int(amount))))


def _with_comment(card: Network, name: str, amount: Decimal) -> Network:
    if card.comment_cost is None:
        raise LookupError(name)
    return replace(card, comment_cost=_priced(card.comment_cost, amount))


def _with_price(card: Network, name: str, amount: Decimal) -> Network:
    step, with_link = name.removesuffix(WITH_LINK), name.endswith(WITH_LINK)
    if not any((cost.step, cost.with_link) == (step, with_link) for cost in card.costs):
        raise LookupError(name)
    costs = (
        _priced(cost, amount) if (cost.step, cost.with_link) == (step, with_link) else cost
        for cost in card.costs
    )
    return replace(card, costs=tuple(costs))


def _priced(cost: Cost, amount: Decimal) -> Cost:
    source = replace(cost.source, where="this installation’s own figure", confirmed=True)
    return replace(cost, amount=amount, source=source)
