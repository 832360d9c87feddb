"""The acceptance table: one row a promise."""

from dataclasses import asdict, dataclass
from typing import Any

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
