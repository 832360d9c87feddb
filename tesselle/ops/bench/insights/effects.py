"""Rows 1 to 6: do intervals hold, is nothing found where nothing is, is the sign right, is what is
large found?"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from tesselle.insights.effects import Effect, effects_of, recent
from tesselle.insights.evidence import SHOWN, Certainty, candidates, findings
from tesselle.insights.fit import fit
from tesselle.insights.posterior import Posterior
from tesselle.insights.posts import Floats
from tesselle.ops.bench.insights.companies import FEED_NETWORKS, Company, company
from tesselle.ops.bench.insights.table import Row, percent
from tesselle.simulation.worlds import WORLDS

SIZES = (60, 120, 250, 500, 1000)
SMALL = 30
FACTORS = ("format", "pillar", "length", "hashtags", "cadence", "hour", "link", "question")
POSTS_WITH_DATA = 5
LARGE = math.log(1.25)
POWER = {60: 0.25, 120: 0.42, 250: 0.52, 500: 0.65, 1000: 0.78}


@dataclass
class Tally:
    """Shares, counted up: how often, out of how many."""

    hits: float = 0.0
    count: int = 0

    def add(self, hit: float) -> None:
        self.hits += hit
        self.count += 1

    @property
    def share(self) -> float:
        return self.hits / self.count if self.count else math.nan


Tallies = defaultdict[str, Tally]


def tallies() -> Tallies:
    return defaultdict(Tally)


@dataclass
class Seen:
    """What was counted over all companies."""

    covered: defaultdict[tuple[str, int], Tally] = field(default_factory=lambda: defaultdict(Tally))
    wrong: Tallies = field(default_factory=tallies)  # by certainty
    found: Tallies = field(default_factory=tallies)  # by size
    null_clear: Tallies = field(default_factory=tallies)  # by size
    null_any: Tallies = field(default_factory=tallies)  # by size


def rows(companies: int, sizes: tuple[int, ...] = (SMALL, *SIZES)) -> list[Row]:
    """`companies` for each network and size."""
    seen = Seen()
    for size in sizes:
        for number in range(companies):
            for network in FEED_NETWORKS:
                _ordinary(seen, company(number, network, size), size)
                _nothing(seen, company(number, network, size, WORLDS["nothing_matters"]), size)
    return _table(seen)


def _ordinary(seen: Seen, made: Company, size: int) -> None:
    own = fit(made.posts, use_curve=False)
    informed = fit(made.posts)
    for factor in FACTORS:
        posterior, channel = (informed, 0) if factor == "hour" else (own, None)
        for effect, truth in _with_truth(made, posterior, factor, channel):
            if effect.posts >= POSTS_WITH_DATA:
                low, high = effect.interval
                seen.covered[factor, size].add(low <= truth <= high)
    if size not in SIZES:
        return
    for finding in candidates(own, made.posts):
        effect = finding.effect
        truth = true_contrast(made, effect)
        if finding.certainty in SHOWN:
            seen.wrong[finding.certainty].add(truth * effect.of.mean < 0)
        if abs(truth) > LARGE and effect.factor != "hour":
            seen.found[str(size)].add(finding.certainty in SHOWN and truth * effect.of.mean > 0)


def _nothing(seen: Seen, made: Company, size: int) -> None:
    words = {finding.certainty for finding in findings(fit(made.posts, use_curve=False), made.posts)}
    seen.null_clear[str(size)].add(Certainty.CLEAR in words)
    seen.null_any[str(size)].add(bool(words & SHOWN))


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


def _table(seen: Seen) -> list[Row]:
    cells = {f"{f}@{n}": percent(t.share) for (f, n), t in seen.covered.items() if n != SMALL}
    small = {f: percent(t.share) for (f, n), t in seen.covered.items() if n == SMALL}
    mean = float(np.mean(list(cells.values())))
    clear = {n: percent(t.share) for n, t in seen.null_clear.items()}
    any_word = {n: percent(t.share) for n, t in seen.null_any.items()}
    wrong = {word: percent(tally.share) for word, tally in seen.wrong.items()}
    power = {n: percent(t.share) for n, t in seen.found.items()}
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
