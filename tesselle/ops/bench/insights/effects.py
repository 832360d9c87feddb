"""Rows 1 to 6: do intervals hold, is nothing found where nothing is, is the sign right, is what is
large found?"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from tesselle.insights.effects import Effect, effects_of, recent
from tesselle.insights.evidence import SHOWN, Certainty, candidates, findings
from tesselle.insights.fit import fit
from tesselle.insights.posterior import Posterior
from tesselle.insights.posts import Floats
from tesselle.ops.bench.insights.companies import Company, Fitted, company
from tesselle.ops.bench.insights.table import Row, Tallies, by_size, percent
from tesselle.simulation.worlds import WORLDS

SIZES = (60, 120, 250, 500, 1000)
SMALL = 30
FACTORS = ("format", "pillar", "length", "hashtags", "cadence", "hour", "link", "question")
POSTS_WITH_DATA = 5
LARGE = math.log(1.25)
POWER = {60: 0.25, 120: 0.42, 250: 0.52, 500: 0.65, 1000: 0.78}


@dataclass
class Seen:
    """What was counted over companies."""

    covered: Tallies = field(default_factory=Tallies)  # by factor and size
    wrong: Tallies = field(default_factory=Tallies)  # by certainty
    found: Tallies = field(default_factory=Tallies)  # by size
    null_clear: Tallies = field(default_factory=Tallies)  # by size
    null_any: Tallies = field(default_factory=Tallies)  # by size

    def add(self, other: "Seen") -> None:
        for mine, theirs in zip(vars(self).values(), vars(other).values(), strict=True):
            mine.merge(theirs)


def look(seen: Seen, network: str, size: int, number: int, fitted: Fitted) -> None:
    """One company in the ordinary world, and one where nothing matters."""
    _ordinary(seen, fitted, size)
    _nothing(seen, company(number, network, size, WORLDS["nothing_matters"]), size)


def _ordinary(seen: Seen, fitted: Fitted, size: int) -> None:
    made = fitted.made
    for factor in FACTORS:
        posterior, channel = (fitted.informed, 0) if factor == "hour" else (fitted.own, None)
        for effect, truth in _with_truth(made, posterior, factor, channel):
            if effect.posts >= POSTS_WITH_DATA:
                low, high = effect.interval
                seen.covered[factor, size].add(low <= truth <= high)
    if size not in SIZES:
        return
    for finding in candidates(fitted.own, made.posts):
        effect = finding.effect
        truth = true_contrast(made, effect)
        if finding.certainty in SHOWN:
            seen.wrong[finding.certainty].add(truth * effect.of.mean < 0)
        if abs(truth) > LARGE and effect.factor != "hour":
            seen.found[size].add(finding.certainty in SHOWN and truth * effect.of.mean > 0)


def _nothing(seen: Seen, made: Company, size: int) -> None:
    words = {finding.certainty for finding in findings(fit(made.posts, use_curve=False), made.posts)}
    seen.null_clear[size].add(Certainty.CLEAR in words)
    seen.null_any[size].add(bool(words & SHOWN))


def _with_truth(
    made: Company, posterior: Posterior, factor: str, channel: int | None
) -> Iterable[tuple[Effect, float]]:
    contrasts = _contrasts(made, factor)
    return zip(effects_of(posterior, made.posts, factor, channel), contrasts, strict=True)


def _contrasts(made: Company, factor: str) -> Floats:
    """The truth, against the account's own recent mix."""
    posts, truth = made.posts, made.true_effects(factor)
    index = posts.hour if factor == "hour" else posts.factor(factor).index
    rows = recent(posts)
    mix = np.bincount(index[rows], minlength=len(truth)) / rows.sum()
    return np.asarray(truth - mix @ truth)


def true_contrast(made: Company, effect: Effect) -> float:
    levels = (
        list(map(str, range(24)))
        if effect.factor == "hour"
        else list(made.posts.factor(effect.factor).levels)
    )
    return float(_contrasts(made, effect.factor)[levels.index(effect.level)])


def table(seen: Seen) -> list[Row]:
    shares = [(f, n, percent(tally.share)) for (f, n), tally in seen.covered.items()]
    cells = {f"{factor}@{size}": share for factor, size, share in shares if size != SMALL}
    small = {factor: share for factor, size, share in shares if size == SMALL}
    mean = float(np.mean(list(cells.values())))
    clear, any_word, power = (by_size(found) for found in (seen.null_clear, seen.null_any, seen.found))
    wrong = {str(word): percent(tally.share) for word, tally in seen.wrong.items()}
    return [
        Row(1, "coverage of 80 % intervals of effects", "each 0.74-0.96, mean 0.78-0.88",
            {"mean": percent(mean), "cells": cells},
            all(0.74 <= c <= 0.96 for c in cells.values()) and 0.78 <= mean <= 0.88),
        Row(2, "the same with 30 posts", ">= 0.70", small, all(c >= 0.70 for c in small.values())),
        Row(3, "nothing matters: accounts with a clear finding", "<= 0.08 at each size", clear,
            all(c <= 0.08 for c in clear.values())),
        Row(4, "nothing matters: accounts with any finding", "mean <= 0.15, each <= 0.20", any_word,
            float(np.mean(list(any_word.values()))) <= 0.15 and max(any_word.values()) <= 0.20),
        Row(5, "wrong sign among findings", "clear <= 0.025, likely <= 0.04", wrong,
            wrong.get("clear", 1.0) <= 0.025 and wrong.get("likely", 1.0) <= 0.04),
        Row(6, "effects beyond 25 % that are found", ">= 0.25/0.42/0.52/0.65/0.78", power,
            all(power.get(str(size), 0.0) >= least for size, least in POWER.items())),
    ]  # fmt: skip
