"""Three ways to go on from what came of the posts so far. Each changes a year's plans in place."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from tesselle.insights.evidence import Certainty, findings
from tesselle.insights.fading import KEPT
from tesselle.insights.moves import best_move
from tesselle.insights.posts import Posts
from tesselle.insights.summary import Fits, fits_of
from tesselle.ops.bench.loop.year import Mix, Year

OPEN_WEEKS = 8
"""Until a decision is judged what it speaks of is not suggested again: as the product does."""

MOST_MOVES_OPEN = 2
POINTS = 0.10
"""By how much an accepted habit grows, and what is left to the one it is taken from: as the product does
with the shares of pillars."""

LEAST_SHARE = 0.05

Way = Callable[[Year, int], None]


def first_plan(year: Year, week: int) -> None:
    """Nothing changes."""


def average_by_hour(year: Year, week: int) -> None:
    """Each posting time moves to the hour whose posts had the highest mean on that channel, its day kept."""
    posts = year.posts()
    for channel, plan in enumerate(year.plans):
        here = posts.chosen(posts.channel == channel)
        count = np.bincount(here.hour, minlength=24)
        mean = np.bincount(here.hour, here.counts, minlength=24) / np.maximum(count, 1)
        best = int(mean.argmax())
        plan.times = [slot // 24 * 24 + best for slot in plan.times]


@dataclass
class Suggestions:
    """Every suggestion is accepted: as many as the product would make, at the thresholds it has."""

    habits: dict[tuple[str, str], int] = field(default_factory=dict)  # decided in week
    moves: dict[int, list[int]] = field(default_factory=dict)

    def __call__(self, year: Year, week: int) -> None:
        posts = year.posts().in_order()
        fits = fits_of(posts)
        for one in findings(fits.own, posts):
            effect = one.effect
            named = (effect.factor, effect.level)
            is_open = week - self.habits.get(named, -OPEN_WEEKS) < OPEN_WEEKS
            if one.certainty is Certainty.CANNOT_TELL or not effect.is_gain or is_open:
                continue
            if self._more_of(year, *named):
                self.habits[named] = week
        for channel in range(len(year.plans)):
            self._move(year, posts, channel, week, fits)

    def _more_of(self, year: Year, factor: str, level: str) -> bool:
        mixes = [plan.mixes[factor] for plan in year.plans if level in plan.mixes.get(factor, {})]
        for mix in mixes:
            more_of(mix, level)
        return bool(mixes)

    def _move(self, year: Year, posts: Posts, channel: int, week: int, fits: Fits) -> None:
        still_open = [at for at in self.moves.get(channel, []) if week - at < OPEN_WEEKS]
        if len(still_open) >= MOST_MOVES_OPEN:
            return
        times = year.plans[channel].times
        move = best_move(fits.informed, posts, channel, times)
        if move is not None and move.drop is not None and move.is_worth(KEPT["hour"]):
            times[times.index(move.drop)] = move.add
            self.moves[channel] = [*still_open, week]


def more_of(mix: Mix, level: str) -> None:
    """Ten points more, from the largest of the others."""
    largest = max((other for other in mix if other != level), key=lambda other: mix[other])
    points = min(POINTS, mix[largest] - LEAST_SHARE)
    if points > 0:
        mix[level] += points
        mix[largest] -= points


WAYS: dict[str, Callable[[], Way]] = {
    "first plan": lambda: first_plan,
    "average by hour": lambda: average_by_hour,
    "suggestions": Suggestions,
}
