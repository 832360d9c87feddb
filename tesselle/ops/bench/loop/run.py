"""A year under each way of planning, for several companies, and whether one is ahead of the others."""

import os
import time
from collections.abc import Mapping, Sequence
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from tesselle.insights.posts import Floats
from tesselle.ops.bench.insights.table import Row, percent
from tesselle.ops.bench.loop.ways import WAYS
from tesselle.ops.bench.loop.year import Company, Year
from tesselle.ops.bench.processes import Mapped, mapped
from tesselle.simulation.worlds import WORLDS

OURS = "suggestions"
WEEKS = 52
REVIEW_WEEKS = 4
FIRST_REVIEW = 8
SIGNIFICANT = 0.05
MOST_ENUMERATED = 20


def run(*, seeds: int, weeks: int = WEEKS, world: str = "ordinary", processes: int = 1) -> dict[str, Any]:
    """`seeds` companies, each lived through once a way. Not a row holds unless ours is ahead of both."""
    before = time.monotonic()
    with mapped(processes) as over:
        weekly = lived_by(over, range(seeds), weeks, world)
    totals = {way: np.array([sum(one) for one in years], dtype=float) for way, years in weekly.items()}
    return {
        "seeds": seeds,
        "weeks": weeks,
        "world": world,
        "ways": {way: _told(totals[way], weekly[way], totals["first plan"]) for way in WAYS},
        "rows": [
            _ahead(number, other, totals).to_json()
            for number, other in enumerate((way for way in WAYS if way != OURS), 1)
        ],
        "seconds": round(time.monotonic() - before, 1),
    }


def lived_by(over: Mapped, seeds: Sequence[int], weeks: int, world: str) -> dict[str, list[list[int]]]:
    """By way: each company's interactions, week by week."""
    jobs = [(seed, way, weeks, world) for seed in seeds for way in WAYS]
    found: dict[str, list[list[int]]] = {way: [] for way in WAYS}
    for (_, way, _, _), weekly in zip(jobs, over(live, jobs), strict=True):
        found[way].append(weekly)
    return found


def live(job: tuple[int, str, int, str]) -> list[int]:
    seed, way, weeks, world = job
    company, review = Company(seed, WORLDS[world]), WAYS[way]()
    year = Year(company, company.first_plan())
    for week in range(weeks):
        if week >= FIRST_REVIEW and (week - FIRST_REVIEW) % REVIEW_WEEKS == 0:
            review(year, week)
        year.live(week)
    return year.weekly()


def _told(totals: Floats, weekly: Sequence[Sequence[int]], first: Floats) -> Mapping[str, Any]:
    """`engagement`: interactions of a year. `spread_*`: how far companies lie apart, and weeks of a company."""
    ratio = np.log(totals / first)
    return {
        "engagement_mean": round(float(totals.mean())),
        "engagement_median": round(float(np.median(totals))),
        "spread_of_companies": percent(np.log(totals).std(ddof=1)),
        "spread_of_weeks": percent(np.mean([np.std(one) / np.mean(one) for one in weekly])),
        "against_first_plan": percent(np.expm1(ratio.mean())),
        "against_first_plan_80": [percent(np.expm1(q)) for q in np.quantile(ratio, [0.1, 0.9])],
    }


def _ahead(number: int, other: str, totals: Mapping[str, Floats]) -> Row:
    away = np.log(totals[OURS] / totals[other])
    gain, p = float(np.expm1(away.mean())), by_signs(away)
    value = {
        "gain": percent(gain),
        "ahead_in": int((away > 0).sum()),
        "of": len(away),
        "p": float(f"{p:.1g}"),
    }
    return Row(
        number, f"engagement of a year: our suggestions against {other}", f"ahead, p <= {SIGNIFICANT}",
        value, gain > 0 and p <= SIGNIFICANT,
    )  # fmt: skip


def by_signs(away: Floats) -> float:
    """How often the mean would be at least as high if for each company a coin had said which way is which:
    all ways the coins can fall, or a hundred thousand of them. No shape of distribution is assumed."""
    if len(away) <= MOST_ENUMERATED:
        sums = np.zeros(1)
        for value in away:
            sums = np.concatenate([sums + value, sums - value])
    else:
        random = np.random.Generator(np.random.Philox(len(away)))
        sums = random.choice([-1.0, 1.0], (100_000, len(away))) @ away
    return float(np.mean(sums >= away.sum() - 1e-9))
