"""Whether an objective will be reached: many futures, drawn from the history of its figure.

A sum over four weeks is the sum of simulated weeks (a level that wanders, and luck); a level grows as
its last weeks did, shrunk towards what is usual. No trend is drawn that is not sure.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tesselle.insights.forecast import (
    FEWEST_WEEKS,
    WIDER_A_STEP,
    Range,
    chance_of,
    followers,
    local_level,
)
from tesselle.insights.posts import Floats

Kind = Literal["level", "sum", "share"]

DRAWS = 4000
SEED = 91
COUNTED_WEEKS = 4
SHARE_SCALE = 10_000.0
"""Rates are simulated in hundredths of a percent, so that a half added to each is nothing."""

GOOD_WAY, UNCERTAIN = 0.8, 0.4


@dataclass(frozen=True, slots=True)
class Outlook:
    """`fan`: by weeks ahead, the figure's middle and central 80 %. `chance`: of reaching the goal.
    `lacking`: how much the middle stays below the goal at the end; 0 when it does not."""

    fan: tuple[Range, ...]
    chance: float
    lacking: float


def state_of(chance: float) -> str:
    """The word for a chance; never shown without it."""
    if chance >= GOOD_WAY:
        return "good_way"
    return "uncertain" if chance >= UNCERTAIN else "badly_begun"


def weeks_foretold(kind: Kind, history: int) -> int:
    """How many weeks ahead anything may be said; 0 for nothing."""
    if kind == "level":
        return 104 if history > FEWEST_WEEKS else 0
    return max(1, history // 3) if history >= FEWEST_WEEKS else 0


def outlook(
    kind: Kind, history: Sequence[float], weeks: int, goal: float, *, growth: float = 0.01, widen: float = 1.0
) -> Outlook | None:
    """`weeks` ahead, at least one. None beyond what may be foretold. `growth`: usual, in a month."""
    if weeks < 1 or weeks > weeks_foretold(kind, len(history)):
        return None
    if kind == "level":
        return _level(history, weeks, goal, growth, widen)
    scale = SHARE_SCALE if kind == "share" else 1.0
    futures = _futures([value * scale for value in history], weeks, widen) / scale
    past = np.tile(np.asarray(history[-(COUNTED_WEEKS - 1) :], dtype=float), (DRAWS, 1))
    windows = np.lib.stride_tricks.sliding_window_view(
        np.concatenate([past, futures], axis=1), COUNTED_WEEKS, axis=1
    )
    found = np.median(windows, axis=2) if kind == "share" else windows.sum(axis=2)
    fan = tuple(_range(found[:, week]) for week in range(found.shape[1]))[-weeks:]
    last = found[:, -1]
    return Outlook(fan, float(np.mean(last >= goal)), max(0.0, goal - float(np.median(last))))


def without_change(kind: Kind, history: Sequence[float], weeks: int, *, widen: float = 1.0) -> Range | None:
    """What was to be expected so many weeks after `history` if nothing had changed: where the last
    weeks were unusual, back towards the usual."""
    found = outlook(kind, history, weeks, 0.0, widen=widen)
    return None if found is None else found.fan[-1]


def _level(history: Sequence[float], weeks: int, goal: float, growth: float, widen: float) -> Outlook | None:
    fan = []
    for ahead in range(1, weeks + 1):
        found = followers(history, ahead, monthly_growth=growth)
        if found is None:
            return None
        fan.append(_widened(found, widen))
    return Outlook(tuple(fan), chance_of(goal, fan[-1]), max(0.0, goal - fan[-1].middle))


def _widened(found: Range, widen: float) -> Range:
    """On the log scale."""
    return Range(
        found.middle,
        found.middle * (found.low / found.middle) ** widen,
        found.middle * (found.high / found.middle) ** widen,
    )


def _futures(history: Sequence[float], weeks: int, widen: float) -> Floats:
    """`DRAWS` futures of so many weeks each."""
    logs = np.log(np.asarray(history, dtype=float) + 0.5)
    fitted = local_level(logs)
    random = np.random.Generator(np.random.Philox(SEED))
    freedom = max(3, len(logs) - 1)
    scale = np.sqrt(freedom / random.chisquare(freedom, DRAWS))[:, None] * widen
    start = fitted.level + scale * math.sqrt(fitted.variance) * random.standard_normal((DRAWS, 1))
    steps = math.sqrt(fitted.noise * fitted.ratio) * random.standard_normal((DRAWS, weeks))
    wider = 1 + WIDER_A_STEP * np.arange(1, weeks + 1)
    luck = math.sqrt(fitted.noise) * random.standard_normal((DRAWS, weeks)) * wider
    return np.asarray(
        np.maximum(np.exp(np.minimum(start + scale * (steps.cumsum(axis=1) + luck), 30.0)) - 0.5, 0.0)
    )


def _range(values: Floats) -> Range:
    low, middle, high = np.quantile(values, [0.1, 0.5, 0.9])
    return Range(float(middle), float(low), float(high))


def leans_on_one(counts: Sequence[float], goal: float, reached: float) -> bool:
    """Whether a sum that reaches its goal would not without its largest single post, which stands far
    above the middle one."""
    if reached < goal or len(counts) < 2:
        return False
    largest = max(counts)
    return reached - largest + float(np.median(counts)) < goal and largest > 3 * float(np.median(counts))
