"""Rows 7 to 9: is the recommended hour a good one, what does a wrong belief cost, and is the promised
gain the gain one gets?"""

import math
from collections import defaultdict

import numpy as np

from tesselle.insights.fit import fit
from tesselle.insights.posts import Floats, Posts
from tesselle.insights.slots import best_slot, slot_values, waking_slots
from tesselle.ops.bench.insights.companies import FEED_NETWORKS, Company, company
from tesselle.ops.bench.insights.table import Row, percent

SIZES = (120, 250, 500, 1000)
WRONG_BELIEF_H = 7.0
FEWEST_IN_CELL = 3
STAKE = 0.10
NO_REGRET = 0.001
"""A tenth of a percent: below it nobody can be better."""


def rows(companies: int, sizes: tuple[int, ...] = SIZES) -> list[Row]:
    """`companies` for each network and size."""
    regrets: defaultdict[tuple[str, str, int], list[float]] = defaultdict(list)
    gains: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
    for size in sizes:
        for number in range(companies):
            for network in FEED_NETWORKS:
                _one(company(number, network, size), network, size, regrets, gains)
    return [_against_heuristics(regrets), _wrong_belief(regrets), _honest(gains)]


def _one(
    made: Company,
    network: str,
    size: int,
    regrets: defaultdict[tuple[str, str, int], list[float]],
    gains: defaultdict[int, list[tuple[float, float]]],
) -> None:
    posts, slots = made.posts, waking_slots()
    truth = np.array(made.truth.timing)[slots]
    informed = fit(posts)
    advice = {
        "model": best_slot(informed, posts, 0, slots),
        "no curve": best_slot(fit(posts, use_curve=False), posts, 0, slots),
        "cell": _best_cell(posts),
        "hour and day": _best_hour_and_day(posts),
    }
    wrongly = fit(posts, curve_shift_h=WRONG_BELIEF_H)
    advice["wrong curve"] = best_slot(wrongly, posts, 0, slots, curve_shift_h=WRONG_BELIEF_H)
    for who, slot in advice.items():
        regrets[who, network, size].append(1 - math.exp(made.truth.timing[slot] - truth.max()))
    if math.exp(truth.max() - truth.mean()) - 1 > STAKE:
        estimated = math.exp(slot_values(informed, posts, 0, slots)[0].of.mean) - 1
        realised = math.exp(made.truth.timing[advice["model"]] - truth.mean()) - 1
        gains[size].append((realised, estimated))


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


def _over(regrets: defaultdict[tuple[str, str, int], list[float]], who: str) -> Floats:
    return np.array([np.mean(found) for (by, _, _), found in sorted(regrets.items()) if by == who])


def _against_heuristics(regrets: defaultdict[tuple[str, str, int], list[float]]) -> Row:
    ours = _over(regrets, "model")
    theirs = np.maximum(np.minimum(_over(regrets, "cell"), _over(regrets, "hour and day")), NO_REGRET)
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


def _wrong_belief(regrets: defaultdict[tuple[str, str, int], list[float]]) -> Row:
    wrong, none = _over(regrets, "wrong curve"), _over(regrets, "no curve")
    none = np.maximum(none, NO_REGRET)
    ratio, worst = float(wrong.mean() / none.mean()), float((wrong / none).max())
    return Row(
        8, "the same when the known curve is wrong by 7 hours, against no curve", "mean <= 1.15 x, cell <= 1.4 x",
        {"mean": percent(ratio), "worst_cell": percent(worst)}, ratio <= 1.15 and worst <= 1.4,
    )  # fmt: skip


def _honest(gains: defaultdict[int, list[tuple[float, float]]]) -> Row:
    value = {
        str(size): percent(np.mean([r for r, _ in pairs]) / np.mean([e for _, e in pairs]))
        for size, pairs in gains.items()
    }
    return Row(
        9, "realised gain over estimated gain of the recommended slot", "0.6-1.4",
        value, bool(value) and all(0.6 <= share <= 1.4 for share in value.values()),
    )  # fmt: skip
