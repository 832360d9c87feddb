"""What the lifecycle's machine knows beside the rows: how many copies there may be, and along which edges it went."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from tesselle.domain.lifecycle import State, may_become
from tesselle.ledger.models import Delivery


@dataclass(slots=True)
class Planned:
    """The model: the texts of a delivery, how many copies of each its people have asked for, and how
    many there were when it was called off."""

    delivery: Delivery
    texts: list[str]
    copies: int = 1
    when_cancelled: Counter[str] = field(default_factory=Counter)


def follow(
    graph: Mapping[State, frozenset[State]], known: dict[int, State], subject: int, old: str, new: State
) -> None:
    """One line of the journal: from where we thought it was, along an edge."""
    first = next(iter(graph))
    assert old == known.get(subject, first), f"{subject} went on from {old}, which nobody told"
    assert may_become(graph, type(new)(old), new), (subject, old, new)
    known[subject] = new
