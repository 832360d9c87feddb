"""Intervals that learn from whether they held. Source: Gibbs & Candès 2021, arXiv 2106.00170."""

import math

TARGET_MISSES = 0.2
RATE = 0.06
NARROWEST, WIDEST = 0.5, 4.0


def recalibrated(multiplier: float, *, missed: bool) -> float:
    """The multiplier of a kind of 80 % interval after one more outcome."""
    step = RATE * ((1.0 if missed else 0.0) - TARGET_MISSES)
    return min(max(multiplier * math.exp(step), NARROWEST), WIDEST)
