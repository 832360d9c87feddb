"""How many irreversible calls a delivery takes: what it will use of its network's allowance."""

from collections.abc import Mapping, Sequence
from typing import Any

from tesselle.channels.models import Channel
from tesselle.domain.content import Content
from tesselle.networks import plugin

Target = Mapping[str, Any] | Sequence[Mapping[str, Any] | None] | None


def calls_of(channel: Channel, purpose: str, content: Content, target: Target = None) -> int:
    """Each part of a thread is one, and a first comment; of an edit or a deletion, each part it touches.
    A channel that goes to a list counts for one: whom it goes to is known when it leaves."""
    if isinstance(target, Sequence):
        return max(sum(one is not None for one in target), 1)
    return max(len(plugin(channel.network).connector.steps(purpose, content, channel.account())), 1)
