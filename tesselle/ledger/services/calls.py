"""How many irreversible calls a delivery takes, or units: what it will use of its network's allowance."""

from collections.abc import Mapping, Sequence
from typing import Any

from tesselle.channels.models import Channel
from tesselle.domain.content import Content
from tesselle.networks import plugin

Target = Mapping[str, Any] | Sequence[Mapping[str, Any] | None] | None


def calls_of(channel: Channel, purpose: str, content: Content, target: Target = None) -> int:
    """Each part of a thread is one, and a first comment; of an edit or a deletion, each part it touches.
    A channel that goes to a list counts for one: whom it goes to is known when it leaves."""
    network = plugin(channel.network)
    if isinstance(target, Sequence):
        steps: Sequence[str] = [purpose] * sum(one is not None for one in target)
    else:
        steps = network.connector.steps(purpose, content, channel.account())
    budgets = network.card.budgets
    return max(budgets[0].taken_by(steps) if budgets else len(steps), 1)
