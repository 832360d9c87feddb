"""What a level of a factor is worth, against what the account usually does."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tesselle.insights.design import KNOWN, known_parts
from tesselle.insights.posterior import Mixture, Posterior
from tesselle.insights.posts import Flags, Floats, Posts

RECENT_DAYS = 180.0
PRACTICAL = math.log(1.05)
"""Below 5 % nobody needs to know. Testing against zero instead multiplies false findings."""

CENTRAL = 0.80
BY_CHANNEL = ("format", "pillar")
WAKING_HOURS = slice(7, 23)


@dataclass(frozen=True, slots=True)
class Effect:
    """`D = level - mix` in log units. `of` is its distribution."""

    factor: str
    level: str
    channel: str  # "" for all channels together
    posts: int
    others: int
    vector: Floats
    of: Mixture

    @property
    def is_gain(self) -> bool:
        return self.of.mean > 0

    @property
    def practical(self) -> float:
        """The probability that it is there at all: beyond 5 % on its side."""
        return 1 - self.of.below(PRACTICAL) if self.is_gain else self.of.below(-PRACTICAL)

    @property
    def interval(self) -> tuple[float, float]:
        """The central 80 %."""
        return self.of.quantile((1 - CENTRAL) / 2), self.of.quantile((1 + CENTRAL) / 2)


def recent(posts: Posts) -> Flags:
    """The posts that say what the account usually does: the last 180 days."""
    return np.asarray(posts.day >= posts.day.max() - RECENT_DAYS)


def effects_of(posterior: Posterior, posts: Posts, factor: str, channel: int | None = None) -> list[Effect]:
    """Each level of a factor against the account's own recent mix, on one channel or on all.

    `factor`: as `Posts.factor` names them, or `hour` or `weekday` (these need a channel).
    """
    index, levels = _levels(posts, factor)
    here = np.ones(len(posts), dtype=bool) if channel is None else posts.channel == channel
    if not here.any():
        return []
    mix = _mix(index, here & recent(posts), len(levels))
    if mix is None:
        mix = _mix(index, here, len(levels))
    assert mix is not None
    rows = level_rows(posterior, posts, factor, channel)
    known = np.zeros(len(levels))
    for name, part in _known_parts(posterior, posts, factor, channel).items():
        known = known + KNOWN[name][0] * part
    total = int(here.sum())
    found = []
    for number, level in enumerate(levels):
        count = int((index[here] == number).sum())
        vector = rows[number] - mix @ rows
        name = "" if channel is None else posts.channels[channel]
        of = posterior.of(vector).moved(float(known[number] - mix @ known))
        found.append(Effect(factor, level, name, count, total - count, vector, of))
    return found


def level_rows(posterior: Posterior, posts: Posts, factor: str, channel: int | None) -> Floats:
    """For each level its effect as a combination of the columns; levels x width."""
    _, levels = _levels(posts, factor)
    design = posterior.design
    if factor in ("hour", "weekday"):
        assert channel is not None
        rows = np.array([design.row(factor, channel * len(levels) + n) for n in range(len(levels))])
        for name, part in _known_parts(posterior, posts, factor, channel).items():
            rows = rows + np.outer(part, design.row(name, 0))
        return rows
    rows = np.array([design.row(factor, n) for n in range(len(levels))])
    own = f"{factor}@channel"
    if factor in BY_CHANNEL and design.has(own):
        weights = _channel_weights(posts) if channel is None else np.eye(len(posts.channels))[channel]
        for number, weight in enumerate(weights):
            rows = rows + weight * np.array(
                [design.row(own, number * len(levels) + n) for n in range(len(levels))]
            )
    return rows


def _known_parts(posterior: Posterior, posts: Posts, factor: str, channel: int | None) -> dict[str, Floats]:
    """What is generally known of each level: only hours and weekdays have that, and only where the
    fit used it."""
    if channel is None or factor not in ("hour", "weekday") or not posterior.design.knows_the_week:
        return {}
    found = {}
    for name, part in known_parts(posts.networks[channel]).items():
        week = part.reshape(7, 24)
        found[name] = week[:5].mean(axis=0) if factor == "hour" else week[:, WAKING_HOURS].mean(axis=1)
    return found


def _levels(posts: Posts, factor: str) -> tuple[np.ndarray, Sequence[str]]:
    if factor == "hour":
        return posts.hour, [str(hour) for hour in range(24)]
    if factor == "weekday":
        return posts.weekday, [str(day) for day in range(7)]
    found = posts.factor(factor)
    return found.index, found.levels


def _mix(index: np.ndarray, rows: Flags, levels: int) -> Floats | None:
    count = int(rows.sum())
    return np.bincount(index[rows], minlength=levels) / count if count else None


def _channel_weights(posts: Posts) -> Floats:
    rows = recent(posts)
    return np.asarray(np.bincount(posts.channel[rows], minlength=len(posts.channels)) / rows.sum())
