"""Rows 7 to 9: is the recommended hour a good one, what does a wrong belief cost, and is the promised
gain the gain one gets?"""

import math
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from tesselle.insights.fit import fit
from tesselle.insights.posts import Floats, Posts
from tesselle.insights.slots import best_slot, slot_values, waking_slots
from tesselle.ops.bench.insights.companies import Fitted
from tesselle.ops.bench.insights.table import Row, percent

SIZES = (120, 250, 500, 1000)
WRONG_BELIEF_H = 7.0
FEWEST_IN_CELL = 3
STAKE = 0.10
NO_REGRET = 0.001
"""A tenth of a percent: below it nobody can be better."""


@dataclass
class Advised:
    """By whom and of which cell: what the advice of each company lost; by size: gains got and promised."""

    regrets: defaultdict[tuple[str, str, int], list[float]] = field(default_factory=lambda: defaultdict(list))
    gains: defaultdict[int, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, other: "Advised") -> None:
        for cell, lost in other.regrets.items():
            self.regrets[cell] += lost
        for size, pairs in other.gains.items():
            self.gains[size] += pairs


def table(advised: Advised) -> list[Row]:
    return [_against_heuristics(advised), _wrong_belief(advised), _honest(advised)]


def look(advised: Advised, network: str, size: int, fitted: Fitted) -> None:
    made, slots = fitted.made, waking_slots()
    posts, truth = made.posts, np.array(made.truth.timing)[slots]
    wrongly = fit(posts, curve_shift_h=WRONG_BELIEF_H)
    advice = {
        "model": best_slot(fitted.informed, posts, 0, slots),
        "no curve": best_slot(fitted.own, posts, 0, slots),
        "wrong curve": best_slot(wrongly, posts, 0, slots, curve_shift_h=WRONG_BELIEF_H),
        "cell": _best_cell(posts),
        "hour and day": _best_hour_and_day(posts),
    }
    for who, slot in advice.items():
        advised.regrets[who, network, size].append(1 - math.exp(made.truth.timing[slot] - truth.max()))
    if math.exp(truth.max() - truth.mean()) - 1 > STAKE:
        estimated = math.exp(slot_values(fitted.informed, posts, 0, slots)[0].of.mean) - 1
        realised = math.exp(made.truth.timing[advice["model"]] - truth.mean()) - 1
        advised.gains[size].append((realised, estimated))


def _best_cell(posts: Posts) -> int:
    """What others do: the slot with the highest mean among those with three posts."""
    count = np.bincount(posts.slot, minlength=168)
    mean = np.bincount(posts.slot, posts.counts, minlength=168) / np.maximum(count, 1)
    mean[count < FEWEST_IN_CELL] = -1
    return int(mean.argmax()) if mean.max() >= 0 else _best_hour_and_day(posts)


def _best_hour_and_day(posts: Posts) -> int:
    def best(index: np.ndarray, levels: int) -> int:
        count = np.bincount(index, minlength=levels)
        mean = np.bincount(index, posts.counts, minlength=levels) / np.maximum(count, 1)
        return int(mean.argmax())

    return best(posts.weekday, 7) * 24 + best(posts.hour, 24)


def _over(advised: Advised, who: str) -> Floats:
    return np.array([np.mean(found) for (by, _, _), found in sorted(advised.regrets.items()) if by == who])


def _against_heuristics(advised: Advised) -> Row:
    ours = _over(advised, "model")
    theirs = np.maximum(np.minimum(_over(advised, "cell"), _over(advised, "hour and day")), NO_REGRET)
    ratio, worst = float(ours.mean() / theirs.mean()), float((ours / theirs).max())
    value = {
        "ours": percent(ours.mean()),
        "theirs": percent(theirs.mean()),
        "ratio": percent(ratio),
        "worst_cell": percent(worst),
    }
    return Row(
        7, "regret of the recommended slot against two heuristics", "<= 0.6 x, no cell above 1.15 x",
        value, ratio <= 0.6 and worst <= 1.15,
    )  # fmt: skip


def _wrong_belief(advised: Advised) -> Row:
    wrong, none = _over(advised, "wrong curve"), _over(advised, "no curve")
    none = np.maximum(none, NO_REGRET)
    ratio, worst = float(wrong.mean() / none.mean()), float((wrong / none).max())
    return Row(
        8, "the same when the known curve is wrong by 7 hours, against no curve", "mean <= 1.15 x, cell <= 1.4 x",
        {"mean": percent(ratio), "worst_cell": percent(worst)}, ratio <= 1.15 and worst <= 1.4,
    )  # fmt: skip


def _honest(advised: Advised) -> Row:
    value = {
        str(size): percent(np.mean([r for r, _ in pairs]) / np.mean([e for _, e in pairs]))
        for size, pairs in advised.gains.items()
    }
    return Row(
        9, "realised gain over estimated gain of the recommended slot", "0.6-1.4",
        value, bool(value) and all(0.6 <= share <= 1.4 for share in value.values()),
    )  # fmt: skip
