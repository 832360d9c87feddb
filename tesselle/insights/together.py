"""Habits that nearly always go together: what comes of the one cannot be told from what comes of the other.

Looked for in the posts, not in the posterior: a prior that thinks little of hours would put all of a
difference down to the format, with a clear conscience and without any evidence.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tesselle.insights.posts import Flags, Ints, Posts

ALWAYS = 0.8
"""The correlation (phi) from which two habits are one: at most about one post in ten parts them."""

FEWEST = 5
LONGEST_H = 12
HOURS = 24


@dataclass(frozen=True, slots=True)
class Habit:
    """`level` of an hour: the first and the last one of a part of the day, as `18-22`."""

    factor: str
    level: str

    def covers(self, factor: str, level: str) -> bool:
        if factor != self.factor or factor != "hour":
            return (factor, level) == (self.factor, self.level)
        first, last = map(int, self.level.split("-"))
        return (int(level) - first) % HOURS <= (last - first) % HOURS


@dataclass(frozen=True, slots=True)
class Pair:
    one: Habit
    other: Habit
    phi: float


def together(posts: Posts) -> list[Pair]:
    """Of different factors, the closest first."""
    habits = list(_habits(posts))
    found = [_with_hours(habit, rows, posts.hour) for habit, rows in habits]
    for number, (one, rows) in enumerate(habits):
        for other, others in habits[number + 1 :]:
            if one.factor != other.factor:
                both = int((rows & others).sum())
                found.append(Pair(one, other, _phi(both, int(rows.sum()), int(others.sum()), len(posts))))
    kept = [pair for pair in found if pair is not None and pair.phi >= ALWAYS]
    return sorted(kept, key=lambda pair: (-pair.phi, pair.one.factor, pair.one.level))


def _habits(posts: Posts) -> Iterator[tuple[Habit, Flags]]:
    """What has posts enough with it and without it. Of a flag, one side says it all."""
    for factor in ("format", "pillar", *sorted(posts.flags)):
        found = posts.factor(factor)
        for number, level in enumerate(found.levels):
            rows = np.asarray(found.index == number)
            if min(rows.sum(), (~rows).sum()) >= FEWEST and not (factor in posts.flags and level == "no"):
                yield Habit(factor, level), rows


def _with_hours(habit: Habit, rows: Flags, hour: Ints) -> Pair | None:
    """The part of the day that goes with it most closely."""
    mine = np.bincount(hour[rows], minlength=HOURS)
    every = np.bincount(hour, minlength=HOURS)
    best = None
    for first in np.flatnonzero(mine):
        for length in range(1, LONGEST_H + 1):
            span = (first + np.arange(length)) % HOURS
            if not mine[span[-1]]:
                continue
            phi = _phi(int(mine[span].sum()), int(mine.sum()), int(every[span].sum()), len(hour))
            if best is None or phi > best.phi:
                best = Pair(habit, Habit("hour", f"{first}-{span[-1]}"), phi)
    return best


def _phi(both: int, one: int, other: int, total: int) -> float:
    spread = one * (total - one) * other * (total - other)
    return float((both * total - one * other) / np.sqrt(float(spread))) if spread else 0.0
