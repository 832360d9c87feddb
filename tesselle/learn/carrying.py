"""How much of a past effect is promised: a beginning measured on others, then one's own promises.

Normal prior around the beginning, normal evidence: what was realised is `kept` times the past effect,
and noise. Imports no statistics' library.
"""

import math
from dataclasses import dataclass

from tesselle.insights.fading import KEPT
from tesselle.learn.models import CarryOver
from tesselle.workspaces.models import Workspace

PRIOR_SD = 0.3
CENTRAL_Z = 1.2816


@dataclass(frozen=True, slots=True)
class Realised:
    """On the log scale. `past`: the effect before anything was taken off it; `seen` with its central
    80 %."""

    past: float
    seen: float
    low: float
    high: float


def kept_of(workspace: Workspace, factor: str) -> float:
    row = CarryOver.objects.filter(workspace=workspace, factor=factor).first()
    return row.kept if row is not None else KEPT[factor]


def all_kept(workspace: Workspace) -> dict[str, float]:
    own = dict(CarryOver.objects.filter(workspace=workspace).values_list("factor", "kept"))
    return {**KEPT, **own}


def updated(kept: float, variance: float, realised: Realised) -> tuple[float, float]:
    """Mean and variance after one more outcome; nothing is learned from a past effect of nothing."""
    noise = ((realised.high - realised.low) / (2 * CENTRAL_Z)) ** 2
    if abs(realised.past) < 1e-6 or noise <= 0:
        return kept, variance
    precision = 1 / variance + realised.past**2 / noise
    mean = (kept / variance + realised.past * realised.seen / noise) / precision
    return mean, 1 / precision


def learn_realised(workspace: Workspace, factor: str, realised: Realised) -> None:
    if factor not in KEPT:
        return
    row, _made = CarryOver.objects.get_or_create(
        workspace=workspace,
        factor=factor,
        defaults={"kept": KEPT[factor], "variance": PRIOR_SD**2},
    )
    kept, row.variance = updated(row.kept, row.variance, realised)
    row.kept = min(max(kept, 0.0), 1.2)
    row.outcomes += 1
    row.save()


def past_effect(promised_gain: float, kept: float) -> float:
    """The log effect that a promise was made from."""
    return math.log1p(max(promised_gain, -0.99)) / max(kept, 0.05)
