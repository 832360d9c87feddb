"""The acceptance table: one row a promise, and how shares are counted up for it."""

import math
from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np


@dataclass(frozen=True, slots=True)
class Row:
    """`value`: what was measured, or None; what was not measured does not hold."""

    id: int
    what: str
    target: str
    value: Any
    ok: bool

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def percent(share: "float | np.floating[Any]") -> float:
    """A share as it is printed: three decimals."""
    return round(float(share), 3)


@dataclass
class Tally:
    """How often, out of how many."""

    hits: float = 0.0
    count: int = 0

    def add(self, hit: float) -> None:
        self.hits += hit
        self.count += 1

    @property
    def share(self) -> float:
        return self.hits / self.count if self.count else math.nan


class Tallies(defaultdict[Any, Tally]):
    """One tally for each of many cells. What several processes counted is merged."""

    def __init__(self) -> None:
        super().__init__(Tally)

    def __reduce__(self) -> tuple[type[Self], tuple[()], None, None, Any]:
        return type(self), (), None, None, iter(self.items())

    def merge(self, other: "Tallies") -> None:
        for cell, tally in other.items():
            self[cell].hits += tally.hits
            self[cell].count += tally.count


def by_size(tallies: Tallies) -> dict[str, float]:
    return {str(size): percent(tally.share) for size, tally in tallies.items()}
