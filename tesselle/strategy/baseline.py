"""Where a figure stands today, and what chance alone makes of it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median, stdev

from tesselle.channels.models import Channel
from tesselle.strategy.aimable import Aimable, Kind
from tesselle.strategy.models.voice import WEEKS_COUNTED
from tesselle.workspaces.models import Workspace

WEEKS = 12
FEWEST = 4
CENTRAL_Z = 1.2816
"""The central 80 % of a normal distribution, in standard deviations."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """`low`, `high`: between these the same figure falls four times in five although nothing changed."""

    middle: float
    low: float
    high: float
    weeks: int


def measured(workspace: Workspace, indicator: Aimable, channel: Channel | None) -> Baseline | None:
    """None with fewer than four weeks that tell it."""
    weeks = indicator.history(workspace, channel, WEEKS)
    return of_weeks([week.value for week in weeks if week.value is not None], indicator.kind)


def value_of(kind: Kind, values: Sequence[float]) -> float:
    """As the objective counts it: a level, or over the last four weeks."""
    last = values[-WEEKS_COUNTED:]
    if kind == "level":
        return values[-1]
    return sum(last) if kind == "sum" else sorted(last)[len(last) // 2]


def of_weeks(values: Sequence[float], kind: Kind) -> Baseline | None:
    if kind == "level":
        return Baseline(values[-1], values[-1], values[-1], len(values)) if values else None
    if len(values) < FEWEST:
        return None
    spread = stdev(values)
    if kind == "sum":
        middle, half = fmean(values) * WEEKS_COUNTED, CENTRAL_Z * spread * math.sqrt(WEEKS_COUNTED)
    else:
        middle, half = median(values), CENTRAL_Z * spread / math.sqrt(WEEKS_COUNTED)
    return Baseline(middle, max(0.0, middle - half), middle + half, len(values))
