"""Two arms, pairs of posts, a coin; and evidence that may be looked at after every pair.

If the arm does nothing, the chance that the evidence *ever* reaches 10 is at most 1 in 10, for any
distribution of luck, as long as the coin decides and void pairs are voided unseen.
Source: Ville's inequality; Ramdas et al., arXiv 2210.01948.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

STAKES = tuple(sign * size for size in (0.15, 0.3, 0.5, 0.7, 0.9) for sign in (1, -1))
ENOUGH = 10.0
USUAL_SPREAD = 1.2
PAIRS_FOR_SPREAD = 3
BOUND = 1.5
CENTRAL_Z = 1.2816
ALIKE = 0.10
TAIL = 5.0
INFORMATION = 0.75
PRIOR_SD = 0.5
PRIOR_PAIRS = 4
STEPS = 30


class Verdict(StrEnum):
    RUNNING = "running"
    A_BETTER = "a_better"
    B_BETTER = "b_better"
    NO_DIFFERENCE = "no_difference"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Pair:
    """Outcomes at the same age. `expected_a`, `expected_b`: log expectations from a model fitted on
    earlier posts only; 0 where there is none."""

    count_a: float
    count_b: float
    expected_a: float = 0.0
    expected_b: float = 0.0

    @property
    def difference(self) -> float:
        """Log of B over A, with what made the two posts unequal beforehand taken out."""
        raw = math.log(self.count_b + 0.5) - math.log(self.count_a + 0.5)
        return raw - (self.expected_b - self.expected_a)


def evidence(pairs: Sequence[Pair]) -> list[float]:
    """The e-value after each pair: how many times over a bet against "no difference" has grown."""
    wealth = [1.0] * len(STAKES)
    seen: list[float] = []
    values = []
    for pair in pairs:
        spread = median(seen) if len(seen) >= PAIRS_FOR_SPREAD else USUAL_SPREAD
        away = pair.difference
        bet = math.copysign(math.tanh(abs(away) / (BOUND * max(spread, 1e-9))), away) if away else 0.0
        wealth = [own * (1 + stake * bet) for own, stake in zip(wealth, STAKES, strict=True)]
        values.append(sum(wealth) / len(wealth))
        seen.append(abs(away))
    return values


def verdict(pairs: Sequence[Pair], *, planned: int, within_ten_percent: float = 0.0) -> Verdict:
    """`within_ten_percent`: the model's probability that the arms differ by less than 10 %."""
    values = evidence(pairs)
    reached = next((n for n, value in enumerate(values) if value >= ENOUGH), None)
    if reached is not None:
        differences = [pair.difference for pair in pairs[: reached + 1]]
        return Verdict.B_BETTER if sum(map(math.tanh, differences)) > 0 else Verdict.A_BETTER
    if within_ten_percent >= 0.9:
        return Verdict.NO_DIFFERENCE
    return Verdict.UNDECIDED if len(pairs) >= planned else Verdict.RUNNING


@dataclass(frozen=True, slots=True)
class Effect:
    """B over A on the log scale."""

    mean: float
    deviation: float

    @property
    def interval(self) -> tuple[float, float]:
        """The central 80 %."""
        half = CENTRAL_Z * self.deviation
        return self.mean - half, self.mean + half

    @property
    def alike(self) -> float:
        """The probability that the arms differ by less than a tenth."""
        low, high = math.log(1 - ALIKE), math.log(1 + ALIKE)
        return self._below(high) - self._below(low)

    def _below(self, value: float) -> float:
        return 0.5 * math.erfc(-(value - self.mean) / (self.deviation * math.sqrt(2)))


def effect(pairs: Sequence[Pair]) -> Effect:
    """Normal prior, luck of pairs with the tails of Student's t; fitted by reweighting.

    `INFORMATION`: the information in t errors is smaller than the weights suggest (decision 9).
    """
    found = [pair.difference for pair in pairs]
    mean, variance = 0.0, USUAL_SPREAD**2
    total = 0.0
    for _ in range(STEPS):
        weights = [(TAIL + 1) / (TAIL + (one - mean) ** 2 / variance) for one in found]
        total = sum(weights)
        mean = sum(w * one for w, one in zip(weights, found, strict=True)) / (total + variance / PRIOR_SD**2)
        squares = sum(w * (one - mean) ** 2 for w, one in zip(weights, found, strict=True))
        variance = (squares + PRIOR_PAIRS * USUAL_SPREAD**2) / (len(found) + PRIOR_PAIRS)
    return Effect(mean, math.sqrt(1 / (INFORMATION * total / variance + 1 / PRIOR_SD**2)))


def discoveries(values: Sequence[float], share: float = 0.1) -> list[bool]:
    """Of several experiments, which may be called found with at most that share of false ones
    (e-BH). Source: Wang & Ramdas 2022."""
    order = sorted(range(len(values)), key=lambda n: -values[n])
    kept = max(
        (rank for rank, n in enumerate(order, start=1) if values[n] >= len(values) / (rank * share)),
        default=0,
    )
    found = set(order[:kept])
    return [n in found for n in range(len(values))]
