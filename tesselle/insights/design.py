"""From posts to the blocks of effects that the model adds up."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from tesselle.domain.attention import attention_of, timing, usual_rhythm
from tesselle.insights import structures
from tesselle.insights.posts import Floats, Ints, Posts

INTERCEPT_SD = 5.0
KNOWN = {"known days": (1.0, 0.4), "known hours": (0.4, 0.8)}
"""Of the weights of what is generally known of a network's week: what is expected, and its deviation (decision 30).
Two weights: that its public is away at weekends, as everybody's is, must not make a belief about its hours any surer.
Of what half-lives and peaks promise of hours, field trials have found two fifths on average."""

SPREAD = 1.0
"""Of the log of a scale. With 0.7 the scales of effects that are not there shrink too slowly: in a world
where nothing matters one account in five had a finding, against one in seven."""

PILLAR_SPREAD = 0.7
"""Pillars are few and their effects real: with 1.0 their scale shrank so far that 80 % intervals from 60 posts held
in 71 % of cases (75 % with 0.7), and where nothing matters not one finding more is made."""

DRIFT_SPREAD = 0.7
DRIFT_BIN_DAYS = 14.0
DRIFT_BINS = 26


@dataclass(frozen=True, slots=True)
class Prior:
    """Log-normal, of the standard deviation of a group of effects: `median`, `spread` of its log.
    `spread` 0: known, not learned."""

    name: str
    median: float
    spread: float


@dataclass(frozen=True, slots=True)
class Block:
    """Effects `u = factor @ z`; a post adds `value * u[level]`, or nothing where its level is -1.

    `groups`: for each column of `factor` the number of its prior.
    """

    name: str
    factor: Floats
    level: Ints
    value: Floats
    groups: Ints

    @property
    def width(self) -> int:
        return int(self.factor.shape[1])


@dataclass(frozen=True, slots=True)
class Design:
    blocks: tuple[Block, ...]
    priors: tuple[Prior, ...]
    offset: Floats
    centre: float  # the log level that the intercept is measured from

    @property
    def starts(self) -> tuple[int, ...]:
        ends = np.cumsum([block.width for block in self.blocks])
        return (0, *(int(end) for end in ends))

    @property
    def width(self) -> int:
        return self.starts[-1]

    @property
    def groups(self) -> Ints:
        return np.concatenate([block.groups for block in self.blocks])

    def has(self, name: str) -> bool:
        return any(block.name == name for block in self.blocks)

    @property
    def knows_the_week(self) -> bool:
        """Whether what is generally known of the hours was used."""
        return self.has("known hours")

    def row(self, name: str, level: int) -> Floats:
        """The effect of one level as a combination of all columns; zeros for a block that is not
        there."""
        vector = np.zeros(self.width)
        for block, start in zip(self.blocks, self.starts, strict=False):
            if block.name == name:
                vector[start : start + block.width] = block.factor[level]
        return vector


class _Builder:
    def __init__(self, posts: Posts) -> None:
        self.posts = posts
        self.blocks: list[Block] = []
        self.priors: list[Prior] = []

    def prior(self, name: str, median: float, spread: float) -> int:
        self.priors.append(Prior(name, median, spread))
        return len(self.priors) - 1

    def add(self, name: str, factor: Floats, level: Ints, median: float, spread: float = SPREAD) -> None:
        if factor.shape[1] == 0:
            return
        group = self.prior(name, median, spread)
        ones = np.ones(len(self.posts))
        self.blocks.append(Block(name, factor, level, ones, np.full(factor.shape[1], group, dtype=np.int64)))

    def by_channel(self, name: str, factor: Floats, level: Ints, priors: list[tuple[float, float]]) -> None:
        """One copy of the structure a channel; channels with the same prior share one `tau`."""
        width = factor.shape[1]
        if width == 0:
            return
        count, levels = len(self.posts.channels), factor.shape[0]
        known: dict[tuple[float, float], int] = {}
        groups = []
        for median, spread in priors:
            if (median, spread) not in known:
                known[median, spread] = self.prior(f"{name}/{len(known)}", median, spread)
            groups += [known[median, spread]] * width
        inside = np.where(level >= 0, self.posts.channel * levels + level, -1)
        whole: Floats = np.asarray(np.kron(np.eye(count), factor), dtype=np.float64)
        ones = np.ones(len(self.posts))
        self.blocks.append(Block(name, whole, inside, ones, np.array(groups, dtype=np.int64)))


def design_of(posts: Posts, *, use_curve: bool = True, curve_shift_h: float = 0.0) -> Design:
    """All blocks of the model for these posts. Needs at least one post.

    `curve_shift_h` moves the generally known hours (to see what a wrong belief costs).
    """
    build = _Builder(posts)
    several = len(posts.channels) > 1
    centre = float(np.log(np.mean(posts.counts) + 0.5) - np.mean(posts.exposure))
    intercept = build.prior("level", INTERCEPT_SD, 0.0)
    zeros, ones = np.zeros(len(posts), dtype=np.int64), np.ones(len(posts))
    build.blocks.append(Block("level", np.ones((1, 1)), zeros, ones, np.array([intercept])))
    if several:
        build.add("channel", structures.independent(len(posts.channels)), posts.channel, 1.0)
    _add_drift(build)
    _add_content(build, several)
    known = np.zeros(len(posts))
    for name, (mean, deviation) in KNOWN.items() if use_curve else ():
        part = _known_part(posts, name, curve_shift_h)
        weight = build.prior(name, deviation, 0.0)
        build.blocks.append(Block(name, np.ones((1, 1)), zeros, part, np.array([weight])))
        known = known + mean * part
    _add_times(build)
    return Design(tuple(build.blocks), tuple(build.priors), posts.exposure + known, centre)


def _add_drift(build: _Builder) -> None:
    posts = build.posts
    since = posts.day - posts.day.min()
    bin_days = max(DRIFT_BIN_DAYS, float(since.max()) / DRIFT_BINS)
    bins = (since // bin_days).astype(np.int64)
    count = int(bins.max()) + 1
    if count > 1:
        factor = structures.drifting(count)
        build.by_channel("drift", factor, bins, [(0.21, DRIFT_SPREAD)] * len(posts.channels))


def _add_content(build: _Builder, several: bool) -> None:
    posts = build.posts
    for name, shared, own, spread in (("format", 0.25, 0.25, SPREAD), ("pillar", 0.20, 0.08, PILLAR_SPREAD)):
        factor = posts.factor(name)
        alone = 0.35 if name == "format" and not several else shared
        shape = structures.independent(len(factor.levels))
        build.add(name, shape, factor.index, alone, spread)
        if several:
            build.by_channel(f"{name}@channel", shape, factor.index, [(own, SPREAD)] * len(posts.channels))
    build.add("length", structures.ordered(len(posts.length.levels)), posts.length.index, 0.25)
    build.add("hashtags", structures.ordered(len(posts.hashtags.levels)), posts.hashtags.index, 0.12)
    build.add("cadence", structures.ordered(len(posts.cadence.levels)), posts.cadence.index, 0.16)
    for name in sorted(posts.flags):
        build.add(name, structures.independent(2), posts.flags[name].astype(np.int64), 0.15)


def _by_half_life(network: str, short: float, middle: float, long: float) -> float:
    hours = attention_of(network).half_life_h
    return short if hours < 1 else middle if hours <= 6 else long


def _add_times(build: _Builder) -> None:
    posts = build.posts
    hours = [(_by_half_life(network, 0.30, 0.20, 0.08), SPREAD) for network in posts.networks]
    days = [(_weekday_median(network), SPREAD) for network in posts.networks]
    ends = [(_by_half_life(network, 0.12, 0.10, 0.05), SPREAD) for network in posts.networks]
    build.by_channel("hour", structures.circular(24), posts.hour, hours)
    build.by_channel("weekday", structures.independent(7), posts.weekday, days)
    weekend = np.where(posts.is_weekend, posts.hour, -1)
    build.by_channel("weekend hour", structures.circular(24), weekend, ends)


def _weekday_median(network: str) -> float:
    """An audience that is away at weekends makes days matter more."""
    attention = attention_of(network)
    return 0.10 if attention.weekend < 0.5 else _by_half_life(network, 0.10, 0.08, 0.06)


def _known_part(posts: Posts, name: str, shift_h: float) -> Floats:
    curves = np.array([known_parts(network, shift_h)[name] for network in posts.networks])
    return np.asarray(curves[posts.channel, posts.slot])


@cache
def known_timing(network: str, shift_h: float = 0.0) -> Floats:
    """168 log effects of the hour of posting, as generally known for a network."""
    attention = attention_of(network)
    return np.array(timing(attention, usual_rhythm(attention, shift_h=shift_h)))


@cache
def known_parts(network: str, shift_h: float = 0.0) -> dict[str, Floats]:
    """The same as the sum of two: what each day has, and what its hours have beyond that."""
    week = known_timing(network, shift_h)
    days = week.reshape(7, 24).mean(axis=1).repeat(24)
    return {"known days": days, "known hours": week - days}


def expected_timing(network: str, shift_h: float = 0.0) -> Floats:
    """168 log effects of the hour of posting, as they are expected before any own history."""
    parts = known_parts(network, shift_h)
    return np.asarray(sum(KNOWN[name][0] * part for name, part in parts.items()))
