"""What an experiment costs: how often one of so many pairs ends with a verdict, if the arms differ.

Worked out with `experiment.evidence` on 500 made-up experiments a line: luck normal on the log scale,
twelve interactions a post at arm A. A test works one of them out anew.
"""

import math
from itertools import pairwise

PAIRS = (10, 26, 52, 104)
RATIOS = (1.25, 1.5, 2.0, 3.0)
LUCKS = (0.5, 0.7, 0.87, 1.1)
USUAL_LUCK = 0.87

_CHANCES: dict[float, tuple[tuple[float, ...], ...]] = {
    0.5: (
        (0.01, 0.13, 0.32, 0.60),
        (0.01, 0.50, 0.84, 0.99),
        (0.04, 0.95, 1.00, 1.00),
        (0.20, 1.00, 1.00, 1.00),
    ),
    0.7: (
        (0.01, 0.10, 0.21, 0.42),
        (0.01, 0.29, 0.59, 0.89),
        (0.02, 0.71, 0.96, 1.00),
        (0.13, 0.99, 1.00, 1.00),
    ),
    0.87: (
        (0.00, 0.05, 0.14, 0.23),
        (0.01, 0.17, 0.42, 0.73),
        (0.02, 0.51, 0.86, 0.99),
        (0.09, 0.93, 1.00, 1.00),
    ),
    1.1: (
        (0.00, 0.05, 0.10, 0.18),
        (0.00, 0.11, 0.24, 0.47),
        (0.02, 0.35, 0.68, 0.93),
        (0.07, 0.75, 0.98, 1.00),
    ),
}
"""By luck: a line for each of `RATIOS`, a column for each of `PAIRS`."""

SEEN = 0.5
"""Below this chance a difference would rather stay invisible."""


def chance_of_verdict(luck: float, ratio: float, pairs: int) -> float:
    """For one of `RATIOS`; between the lines and columns of the table on a straight line."""
    row = RATIOS.index(ratio)
    luck = min(max(luck, LUCKS[0]), LUCKS[-1])
    above = next(number for number, one in enumerate(LUCKS) if luck <= one)
    below = max(above - 1, 0)
    share = 0.0 if above == below else (luck - LUCKS[below]) / (LUCKS[above] - LUCKS[below])
    calm, wild = (_at(_CHANCES[LUCKS[n]][row], pairs) for n in (below, above))
    return calm + share * (wild - calm)


def _at(chances: tuple[float, ...], pairs: int) -> float:
    """Over the log of the number of pairs; nothing can be told from fewer than three."""
    known = ((3, 0.0), *zip(PAIRS, chances, strict=True))
    for (low, before), (high, after) in pairwise(known):
        if pairs <= high:
            share = math.log(max(pairs, low) / low) / math.log(high / low)
            return before + share * (after - before)
    return chances[-1]


def smallest_seen(luck: float, pairs: int) -> float | None:
    """The smallest of `RATIOS` that would rather be seen than not; None when none would."""
    return next((ratio for ratio in RATIOS if chance_of_verdict(luck, ratio, pairs) >= SEEN), None)
