"""Forecasts of followers and of weekly figures, and the chance that a goal is reached."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from tesselle.insights.posts import Floats

FEWEST_WEEKS = 4
FOLLOWER_HALF_LIFE_WEEKS = 10.0
FOLLOWER_AUTOCORRELATION = 0.65
BENCHMARK_SD = 0.005
WIDER_A_STEP = 0.06
NU = 5.0
"""Degrees of freedom of weekly figures, as of the luck of single posts."""

NOISE_STEPS = 20
LEAST_NOISE = 0.001
CENTRAL = 0.80
WEEKS_A_MONTH = 52 / 12


@dataclass(frozen=True, slots=True)
class Range:
    """The middle and the central 80 %."""

    middle: float
    low: float
    high: float


def followers(history: Sequence[float], weeks: int, *, monthly_growth: float) -> Range | None:
    """Followers so many weeks ahead, from weekly counts (the last is now). None below four weeks.

    Weekly log growth: recent weeks count most, shrunk towards what is usual on the network.
    """
    if len(history) <= FEWEST_WEEKS:
        return None
    growth = np.diff(np.log(np.maximum(np.asarray(history, dtype=float), 1.0)))
    ages = np.arange(len(growth))[::-1]
    weights = 0.5 ** (ages / FOLLOWER_HALF_LIFE_WEEKS)
    own = float(weights @ growth / weights.sum())
    effective = float(weights.sum() ** 2 / (weights**2).sum())
    spread = float(weights @ (growth - own) ** 2 / weights.sum()) * effective / max(effective - 1, 1.0)
    lasting = (1 + FOLLOWER_AUTOCORRELATION) / (1 - FOLLOWER_AUTOCORRELATION)
    error = max(spread * lasting / effective, 1e-10)
    usual = math.log1p(monthly_growth) / WEEKS_A_MONTH
    trust = BENCHMARK_SD**2 / (BENCHMARK_SD**2 + error)
    mean = usual + trust * (own - usual)
    variance = weeks**2 * trust * error + spread * _summed(weeks)
    return _log_range(math.log(max(history[-1], 1.0)) + weeks * mean, variance, effective - 1)


def _summed(weeks: int) -> float:
    """The variance of a sum of so many weeks that resemble their neighbours, in units of one week's. Their
    number times its limit would be far too much for a few of them: nearly twice for four."""
    apart = np.arange(1, weeks)
    return weeks + 2 * float((weeks - apart) @ FOLLOWER_AUTOCORRELATION**apart)


def weekly(history: Sequence[float], weeks: int, *, widen: float = 1.0) -> Range | None:
    """A weekly figure so many weeks ahead: a level that wanders, and noise. None below four weeks.

    No trend: it would have to be sure before it may be drawn.
    """
    if len(history) < FEWEST_WEEKS or weeks > max(1, len(history) // 3):
        return None
    logs = np.log(np.asarray(history, dtype=float) + 0.5)
    fitted = local_level(logs)
    variance = fitted.variance + fitted.noise * (1 + fitted.ratio * weeks)
    widened = variance * (widen * (1 + WIDER_A_STEP * weeks)) ** 2
    found = _log_range(fitted.level, widened, min(NU, len(logs) - 1))
    return Range(*(max(value - 0.5, 0.0) for value in (found.middle, found.low, found.high)))


@dataclass(frozen=True, slots=True)
class Level:
    """A level on the log scale with its variance, the variance of the noise, and that of the level's
    weekly steps as a share of it."""

    level: float
    variance: float
    noise: float
    ratio: float


def local_level(logs: Floats) -> Level:
    ratio = _best_ratio(logs)
    return Level(*_filtered(logs, ratio), ratio)


_RATIOS = np.array([0.01, 0.03, 0.1, 0.2, 0.4, 0.8, 1.5])


def _best_ratio(logs: Floats) -> float:
    """The variance of the level's weekly steps against that of the noise, with a prior around 0.15,
    averaged in log units."""
    scores = np.array([_score(logs, ratio) for ratio in _RATIOS])
    prior = -0.5 * ((np.log(_RATIOS) - math.log(0.15)) / 1.0) ** 2
    weights = np.exp(scores + prior - np.max(scores + prior))
    return float(np.exp(weights @ np.log(_RATIOS) / weights.sum()))


def _score(logs: Floats, ratio: float) -> float:
    errors, scales = _innovations(logs, ratio)
    noise = float(np.mean(errors**2 / scales))
    return -0.5 * (len(errors) * math.log(max(noise, 1e-9)) + float(np.log(scales).sum()))


def _innovations(logs: Floats, ratio: float) -> tuple[Floats, Floats]:
    """One-step errors of a local level model and their variances in units of the noise."""
    level, uncertain = float(logs[0]), 1.0
    errors, scales = [], []
    for value in logs[1:]:
        uncertain += ratio
        scale = uncertain + 1
        error = float(value) - level
        errors.append(error)
        scales.append(scale)
        gain = uncertain / scale
        level += gain * error
        uncertain *= 1 - gain
    return np.array(errors), np.array(scales)


def _filtered(logs: Floats, ratio: float) -> tuple[float, float, float]:
    errors, scales = _innovations(logs, ratio)
    noise = _noise(errors**2 / scales)
    level, uncertain = float(logs[0]), 1.0
    for value in logs[1:]:
        uncertain += ratio
        gain = uncertain / (uncertain + 1)
        level += gain * (float(value) - level)
        uncertain *= 1 - gain
    return level, uncertain * noise, noise


def _noise(squares: Floats) -> float:
    """The scale of one-step errors, squared, as of a t with few degrees of freedom: one week that ran away
    must not widen every range after it."""
    noise = float(np.mean(squares)) + LEAST_NOISE
    for _ in range(NOISE_STEPS):
        weights = (NU + 1) / (NU + squares / noise)
        noise = float(np.mean(weights * squares)) + LEAST_NOISE
    return noise


def _log_range(mean: float, variance: float, freedom: float) -> Range:
    half = float(special.stdtrit(max(3.0, freedom), (1 + CENTRAL) / 2)) * math.sqrt(variance)
    return Range(math.exp(mean), math.exp(mean - half), math.exp(mean + half))


def chance_of(goal: float, found: Range) -> float:
    """The probability that a forecast value reaches `goal`, read off its log-scale range."""
    low, high = math.log(max(found.low, 0.5)), math.log(max(found.high, 0.5))
    deviation = max((high - low) / (2 * 1.2816), 1e-9)
    return float(special.ndtr((math.log(max(found.middle, 0.5)) - math.log(max(goal, 0.5))) / deviation))
