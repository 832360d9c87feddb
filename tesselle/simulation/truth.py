"""What is really so in a simulated company: every effect, the rhythm of each audience, and what a
post can expect. The product must find it out from figures; a learner may be shown it afterwards."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tesselle.domain.attention import Attention, Rhythm, attention_of, timing, usual_rhythm
from tesselle.simulation.draws import Draws
from tesselle.simulation.worlds import SimulatedWorld

PILLAR_SD = 0.25
LENGTH_STEP_SD = 0.12
HASHTAGS_STEP_SD = 0.10
FORMAT_OWN_SD = 0.30
FLAG_SD = 0.10
DRIFT_WEEK_SD = 0.05
LUCK_OF_T = 0.75
VIRAL_MEAN = 1.3
MOST_LUCK = 4.0
"""Logarithmic: 55 times a middling post. A small company's film may run away to a hundred thousand views; a tail
without an end would once in a while give it more viewers than its language has speakers."""


@dataclass(frozen=True, slots=True)
class Composition:
    """What a person chose for a post; `length` and `hashtags` are the numbers of their bins."""

    format: str
    pillar: str
    length: int
    hashtags: int
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ChannelTruth:
    """One audience. Effects are logarithmic; `timing` has 168 values, Monday 0 h first, local."""

    name: str
    network: str
    followers: float
    rhythm: Rhythm
    formats: Mapping[str, float]
    pillars: Mapping[str, float]
    lengths: tuple[float, ...]
    hashtags: tuple[float, ...]
    flags: Mapping[str, float]
    world: SimulatedWorld
    draws: Draws

    @property
    def attention(self) -> Attention:
        return attention_of(self.network)

    @cached_property
    def timing(self) -> tuple[float, ...]:
        """What the hour of posting is worth. Where nothing matters, nothing."""
        if not self.world.matters:
            return (0.0,) * 168
        return timing(self.attention, self.rhythm)

    @property
    def base(self) -> float:
        """Interactions of a middling post: followers, reach, and how many of those reached react."""
        return self.base_of(self.followers)

    def base_of(self, followers: float) -> float:
        """The same with so many followers; a large public is reached in smaller part."""
        size = min(max((max(followers, 1.0) / 10_000) ** -0.25, 0.5), 4.0)
        return float(max(followers, 1.0) * self.attention.reach_rate * size * self.attention.acts_rate)

    def content(self, post: Composition) -> float:
        """The log effect of what it is."""
        return (
            self.formats.get(post.format, 0.0)
            + self.pillars.get(post.pillar, 0.0)
            + self.lengths[post.length]
            + self.hashtags[post.hashtags]
            + sum(self.flags.get(flag, 0.0) for flag in post.flags)
        )

    def drift(self, week: int) -> float:
        """Slow changes that nobody caused, a yearly wave, and a change of the network's rules."""
        wave = self.world.season * math.sin(2 * math.pi * week / 52)
        changed = self.world.change_week is not None and week >= self.world.change_week
        return self._walked(week) + wave + (self.world.change if changed else 0.0)

    def _walked(self, week: int) -> float:
        walk = self._walk
        while len(walk) <= week:
            walk.append(walk[-1] + DRIFT_WEEK_SD * self.draws.normal("drift", len(walk)))
        return walk[max(week, 0)]

    @cached_property
    def _walk(self) -> list[float]:
        return [0.0]

    def luck(self, key: str) -> float:
        """Of one post; heavy-tailed, and now and then it runs away."""
        value = LUCK_OF_T * self.attention.luck * self.draws.t5("luck", key)
        if self.draws.uniform("viral", key) < self.world.viral_rate:
            value -= VIRAL_MEAN * math.log(self.draws.uniform("viral size", key))
        return min(value, MOST_LUCK)

    def log_mean(self, post: Composition, slot: int, earlier: int) -> float:
        """The log of what can be expected of interactions at the end, luck and drift apart."""
        return math.log(self.base) + self.timing[slot] + self.content(post) + self.world.fatigue * earlier

    def interactions(self, key: str, post: Composition, slot: int, week: int, earlier: int) -> int:
        """What really came of it."""
        mean = math.exp(min(self.log_mean(post, slot, earlier) + self.drift(week) + self.luck(key), 14.0))
        return self.draws.poisson(mean, "interactions", key)

    def count_at(self, total: int, key: str, age_h: float) -> int:
        """How many of a post's interactions there are at that age: never fewer than earlier, and
        `total` in the end."""
        return int(total * self.attention.seen_after(age_h) + self.draws.uniform("rounding", key))


def channel_truth(
    draws: Draws, world: SimulatedWorld, name: str, network: str, pillars: tuple[str, ...]
) -> ChannelTruth:
    """The truth of one channel of one company; pillars are liked alike on all its channels."""
    attention = attention_of(network)
    own = draws.under(name)
    scale = world.matters
    formats = {
        one: scale * (effect + FORMAT_OWN_SD * own.normal("format", one))
        for one, effect in attention.formats.items()
    }
    return ChannelTruth(
        name=name,
        network=network,
        followers=max(20.0, world.followers * math.exp(world.followers_spread * own.normal("followers"))),
        rhythm=_own_rhythm(own, attention, world),
        formats=formats,
        pillars={one: scale * PILLAR_SD * draws.normal("pillar", one) for one in pillars},
        lengths=_walk(own, "length", 6, scale * LENGTH_STEP_SD),
        hashtags=_walk(own, "hashtags", 5, scale * HASHTAGS_STEP_SD),
        flags={one: scale * FLAG_SD * own.normal("flag", one) for one in ("link", "question")},
        world=world,
        draws=own,
    )


def _walk(draws: Draws, purpose: str, levels: int, step: float) -> tuple[float, ...]:
    values = [0.0]
    for level in range(1, levels):
        values.append(values[-1] + step * draws.normal(purpose, level))
    return tuple(values)


def _own_rhythm(draws: Draws, attention: Attention, world: SimulatedWorld) -> Rhythm:
    """The usual one, as this company's public departs from it."""
    usual = usual_rhythm(attention, shift_h=world.shift_h)
    peaks = [
        (
            (at + max(-1.0, min(1.0, 0.5 * draws.normal("peak", number)))) % 24,
            weight * math.exp(0.25 * draws.normal("weight", number)),
        )
        for number, (at, weight) in enumerate(usual.peaks)
    ]
    if world.second_audience_h is not None:
        peaks += [((at + world.second_audience_h) % 24, 0.8 * weight) for at, weight in peaks]
    days = [factor * math.exp(0.06 * draws.normal("day", day)) for day, factor in enumerate(usual.days)]
    return Rhythm(tuple(peaks), usual.night, tuple(days))
