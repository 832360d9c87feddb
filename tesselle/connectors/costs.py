"""What a network will bill for a piece of content, from its card."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tesselle.connectors.card import Cost, Network
from tesselle.domain.content import Content
from tesselle.domain.text.entities import find_links


@dataclass(frozen=True, slots=True)
class Bill:
    amount: Decimal
    currency: str


def bill_for(card: Network, steps: Iterable[str], content: Content) -> Bill | None:
    """The sum over the steps; None for a network that bills nothing. The dearest cost that fits a
    step is what is billed. Texts are looked at for addresses part by part."""
    if not card.costs:
        return None
    amounts = [_of_step(card.costs, step, _has_link(content, index)) for index, step in enumerate(steps)]
    return Bill(sum(amounts, Decimal(0)), card.costs[0].currency)


def _of_step(costs: tuple[Cost, ...], step: str, has_link: bool) -> Decimal:
    fitting = [cost.amount for cost in costs if cost.step == step and (has_link or not cost.with_link)]
    return max(fitting, default=Decimal(0))


def _has_link(content: Content, index: int) -> bool:
    if index == 0 and content.link:
        return True
    text = content.texts[index] if index < len(content.texts) else ""
    return any(True for _ in find_links(text))
