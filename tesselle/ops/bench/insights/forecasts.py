"""Rows 10, 13 and 14: do the intervals of the next post, of followers and of weekly figures hold?"""

import math
from dataclasses import dataclass, field, replace

import numpy as np

from tesselle.domain.attention import attention_of
from tesselle.insights import forecast
from tesselle.insights.calibration import recalibrated
from tesselle.insights.fit import fit
from tesselle.insights.posterior import Posterior
from tesselle.insights.posts import Posts
from tesselle.insights.prediction import rank
from tesselle.insights.proving import planned
from tesselle.ops.bench.insights.companies import FEED_NETWORKS, Company, company
from tesselle.ops.bench.insights.table import Row, Tally, percent
from tesselle.simulation.draws import Draws
from tesselle.simulation.followers import weekly_followers
from tesselle.simulation.worlds import WORLDS

KNOWN = 200
NEXT = 50
SHIFT = -0.7
AFTER_SHIFT = 150
WEEKS_KNOWN = (8, 26)
WEEKS_AHEAD = (4, 13)


@dataclass
class Next:
    """How often the interval of the next post held."""

    ordinary: Tally = field(default_factory=Tally)
    shifted: Tally = field(default_factory=Tally)

    def add(self, other: "Next") -> None:
        for mine, theirs in ((self.ordinary, other.ordinary), (self.shifted, other.shifted)):
            mine.hits += theirs.hits
            mine.count += theirs.count


def rows(companies: int) -> list[Row]:
    return [_followers(companies), _weekly(companies)]


def first(posts: Posts, count: int) -> Posts:
    return posts.chosen(np.arange(len(posts)) < count)


def look(seen: Next, number: int, network: str) -> None:
    made = company(number, network, KNOWN + NEXT)
    posterior = fit(first(made.posts, KNOWN))
    for row in range(KNOWN, KNOWN + NEXT):
        seen.ordinary.add(_holds(posterior, made.posts, row, 1.0)[0])
    _after_a_shift(seen.shifted, number, network)


def next_posts(seen: Next) -> Row:
    ordinary, shifted = seen.ordinary, seen.shifted
    value = {"ordinary": percent(ordinary.share), "after_a_shift": percent(shifted.share)}
    held = 0.76 <= ordinary.share <= 0.84 and shifted.share >= 0.76
    return Row(
        10, "80 % interval of the next post; after a shift, calibrated", "0.76-0.84; >= 0.76", value, held
    )


def _holds(posterior: Posterior, posts: Posts, row: int, widen: float) -> tuple[float, bool]:
    """How much of the outcome's rank lies in the central 80 % (a count is a step, not a point), and
    whether it counts as missed for the calibration."""
    known = first(posts, len(posterior.design.offset))
    below, up_to = rank(posterior, known, planned(posts, row), posts.counts[row], widen)
    inside = max(0.0, min(up_to, 0.9) - max(below, 0.1))
    return inside / max(up_to - below, 1e-9), not 0.1 <= (below + up_to) / 2 <= 0.9


def _after_a_shift(tally: Tally, number: int, network: str) -> None:
    """Reach falls by half at once; the model is refitted every 25 posts, its intervals learn."""
    known = 150
    total = known + AFTER_SHIFT
    week = int(company(number, network, total).weeks[known])
    world = replace(WORLDS["algorithm_change"], change_week=week, change=SHIFT)
    made, widen = company(number, network, total, world), 1.0
    for start in range(known, total, 25):
        posterior = fit(first(made.posts, start))
        for row in range(start, start + 25):
            inside, missed = _holds(posterior, made.posts, row, widen)
            tally.add(inside)
            widen = recalibrated(widen, missed=missed)


def _followers(companies: int) -> Row:
    cells: dict[str, Tally] = {}
    for number in range(companies * 2):
        for network in FEED_NETWORKS:
            path = weekly_followers(Draws(f"followers {number} {network}"), attention_of(network), 45)
            for known in WEEKS_KNOWN:
                for ahead in WEEKS_AHEAD:
                    found = forecast.followers(
                        path[: known + 1], ahead, monthly_growth=attention_of(network).growth
                    )
                    assert found is not None
                    tally = cells.setdefault(f"{known} known, {ahead} ahead", Tally())
                    tally.add(found.low <= path[known + ahead] <= found.high)
    value = {name: percent(tally.share) for name, tally in cells.items()}
    held = all(0.72 <= share <= 0.93 for share in value.values())
    return Row(13, "80 % interval of followers, 4 and 13 weeks ahead", "0.72-0.93", value, held)


def weekly_totals(made: Company) -> list[float]:
    return [float(v) for v in np.bincount(made.weeks, made.posts.counts, minlength=int(made.weeks.max()) + 1)]


def _weekly(companies: int) -> Row:
    cover = {1: Tally(), 4: Tally()}
    ours: dict[int, list[float]] = {1: [], 4: []}
    naive: dict[int, list[float]] = {1: [], 4: []}
    for number in range(companies):
        for network in FEED_NETWORKS:
            totals = weekly_totals(company(number, network, 400))
            for ahead in (1, 4):
                widen = 1.0
                for now in range(20, len(totals) - ahead, 3):
                    found = forecast.weekly(totals[:now], ahead, widen=widen)
                    assert found is not None
                    real = totals[now + ahead - 1]
                    inside = found.low <= real <= found.high
                    cover[ahead].add(inside)
                    widen = recalibrated(widen, missed=not inside)
                    ours[ahead].append(abs(math.log(real + 1) - math.log(found.middle + 1)))
                    last = float(np.mean(totals[now - 4 : now]))
                    naive[ahead].append(abs(math.log(real + 1) - math.log(last + 1)))
    value = {
        f"{ahead} ahead": {
            "coverage": percent(cover[ahead].share),
            "error": percent(np.mean(ours[ahead]) / np.mean(naive[ahead])),
        }
        for ahead in (1, 4)
    }
    held = all(0.75 <= cell["coverage"] <= 0.90 and cell["error"] <= 1.02 for cell in value.values())
    return Row(
        14, "80 % interval of weekly figures; error against the mean of the last four", "0.75-0.90; <= 1.02 x",
        value, held,
    )  # fmt: skip
