"""Rows 11 and 12: how often a test finds something where nothing is, and where there is something."""

import math
from collections.abc import Callable

import numpy as np

from tesselle.insights.experiment import ENOUGH, Pair, evidence
from tesselle.ops.bench.insights.table import Row, percent

PAIRS = 150
LUCK = 0.87
USUAL = 12.0

Luck = Callable[[np.random.Generator], float]

KINDS: dict[str, tuple[float, Luck]] = {
    "gaussian": (USUAL, lambda random: LUCK * random.standard_normal()),
    "t5": (USUAL, lambda random: 0.75 * LUCK * random.standard_t(5)),
    "viral": (
        USUAL,
        lambda random: (
            0.75 * LUCK * random.standard_t(5) + (random.exponential(1.3) if random.random() < 0.015 else 0)
        ),
    ),
    "three interactions": (3.0, lambda random: 0.75 * LUCK * random.standard_t(5)),
}


def rows(experiments: int) -> list[Row]:
    """`experiments` of each kind."""
    false = {name: _share(usual, luck, 1.0, PAIRS, experiments) for name, (usual, luck) in KINDS.items()}
    slack = 3 * math.sqrt(0.1 * 0.9 / experiments)
    usual, luck = KINDS["gaussian"]
    found = _share(usual, luck, 2.0, 52, experiments)
    return [
        Row(11, "tests of nothing that end with a verdict, 150 pairs, looked at after each",
            f"<= 0.10 (+ {slack:.3f})", {name: percent(share) for name, share in false.items()},
            all(share <= 0.10 + slack for share in false.values())),
        Row(12, "tests of x 2 with a verdict by pair 52", ">= 0.70", percent(found), found >= 0.70),
    ]  # fmt: skip


def _share(usual: float, luck: Luck, ratio: float, pairs: int, experiments: int) -> float:
    random = np.random.Generator(np.random.Philox(11))
    reached = 0
    for _ in range(experiments):
        made = [_pair(random, usual, luck, ratio) for _ in range(pairs)]
        reached += max(evidence(made)) >= ENOUGH
    return reached / experiments


def _pair(random: np.random.Generator, usual: float, luck: Luck, ratio: float) -> Pair:
    """The coin decides which of two posts gets arm B."""
    first, second = (usual * math.exp(min(luck(random), 12.0)) for _ in range(2))
    a, b = (first, second) if random.random() < 0.5 else (second, first)
    return Pair(float(random.poisson(a)), float(random.poisson(ratio * b)))
