"""What the model is fitted on: one row a mature published variant, as columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from tesselle.domain.bins import HASHTAG_CUTS as HASHTAG_CUTS
from tesselle.domain.bins import HASHTAG_LEVELS as HASHTAG_LEVELS
from tesselle.domain.bins import LENGTH_CUTS as LENGTH_CUTS
from tesselle.domain.bins import LENGTH_LEVELS as LENGTH_LEVELS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

CADENCE_LEVELS = ("0", "1", "2", "3-4", "5+")
UNKNOWN_PILLAR = ""


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that may matter: each post's level, by number, and the levels' names."""

    index: Ints
    levels: tuple[str, ...]

    def chosen(self, rows: Flags | Ints) -> "Factor":
        return Factor(self.index[rows], self.levels)


@dataclass(frozen=True, slots=True)
class Posts:
    """All arrays have one entry a post.

    `counts`: the outcome at a fixed age, a whole number at or above 0; a post that lacks it is no
    row here. `exposure`: log offset (log reach for rates, log of the share of the final count that a
    young post has). `slot`: 0-167, Monday 0 h first, local time of the audience. `day`: days, with
    fraction, since any fixed instant. `networks`: one for each of `channels`.
    """

    counts: Floats
    exposure: Floats
    channel: Ints
    channels: tuple[str, ...]
    networks: tuple[str, ...]
    slot: Ints
    day: Floats
    format: Factor
    pillar: Factor
    length: Factor
    hashtags: Factor
    cadence: Factor
    flags: Mapping[str, Flags] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def hour(self) -> Ints:
        return self.slot % 24

    @property
    def weekday(self) -> Ints:
        return self.slot // 24

    @property
    def is_weekend(self) -> Flags:
        return np.asarray(self.slot >= 5 * 24)

    def factor(self, name: str) -> Factor:
        """`format`, `pillar`, `length`, `hashtags`, `cadence`, or the name of a flag."""
        if name in self.flags:
            return Factor(self.flags[name].astype(np.int64), ("no", "yes"))
        found: Factor = getattr(self, name)
        return found

    def chosen(self, rows: Flags | Ints) -> "Posts":
        """Only those rows, by a mask or by number; levels that are then empty stay known."""
        return replace(
            self,
            counts=self.counts[rows],
            exposure=self.exposure[rows],
            channel=self.channel[rows],
            slot=self.slot[rows],
            day=self.day[rows],
            format=self.format.chosen(rows),
            pillar=self.pillar.chosen(rows),
            length=self.length.chosen(rows),
            hashtags=self.hashtags.chosen(rows),
            cadence=self.cadence.chosen(rows),
            flags={name: flag[rows] for name, flag in self.flags.items()},
        )

    def in_order(self) -> "Posts":
        """The same rows in an order that depends on nothing but themselves, so that a shuffled table
        gives the same sums to the last bit."""
        keys = [
            *(self.flags[name] for name in sorted(self.flags)),
            self.exposure,
            self.cadence.index,
            self.hashtags.index,
            self.length.index,
            self.pillar.index,
            self.format.index,
            self.counts,
            self.slot,
            self.channel,
            self.day,
        ]
        return self.chosen(np.lexsort(keys))


def binned(values: Sequence[float], cuts: Sequence[float], levels: tuple[str, ...]) -> Factor:
    """Ordered bins: a value at a cut belongs to the bin above it."""
    return Factor(np.searchsorted(np.asarray(cuts), np.asarray(values), side="right"), levels)


def cadence_of(day: Floats, channel: Ints) -> Factor:
    """How many posts of the same channel went out in the 24 hours before each."""
    earlier = np.zeros(len(day), dtype=np.int64)
    for one in np.unique(channel):
        rows = np.flatnonzero(channel == one)
        order = rows[np.argsort(day[rows], kind="stable")]
        times = day[order]
        earlier[order] = np.arange(len(order)) - np.searchsorted(times, times - 1.0, side="left")
    return Factor(np.searchsorted([1, 2, 3, 5], earlier, side="right"), CADENCE_LEVELS)
