"""One company's year: what it plans, what it posts, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from tesselle.insights.posts import HASHTAG_LEVELS, LENGTH_LEVELS, Factor, Posts, cadence_of
from tesselle.ops.bench.insights.companies import FEED_NETWORKS, FLAGS, PILLARS
from tesselle.simulation.draws import Draws
from tesselle.simulation.truth import ChannelTruth, Composition, channel_truth
from tesselle.simulation.worlds import SimulatedWorld

POSTS_A_WEEK = 4
AT_ANY_HOUR = 0.2
"""The share of posts that go out when somebody finds the time, whatever was planned."""

WAKING = (7, 22)
USUAL_LENGTHS = (0.05, 0.15, 0.3, 0.3, 0.15, 0.05)
USUAL_HASHTAGS = (0.2, 0.3, 0.3, 0.15, 0.05)
USUAL_FLAG = 0.25

Mix = dict[str, float]


@dataclass
class Plan:
    """One channel's posting times (0-167), and the share of posts with each level of each factor."""

    times: list[int]
    mixes: dict[str, Mix]


@dataclass(frozen=True)
class Posted:
    channel: int
    slot: int
    day: float
    composition: Composition
    count: int


@dataclass
class Company:
    """Four channels in one world. `seed` decides its audiences, its first plan and its fortune."""

    seed: int
    world: SimulatedWorld

    @cached_property
    def draws(self) -> Draws:
        return Draws(f"loop {self.seed}").under(self.world.name)

    @cached_property
    def truths(self) -> tuple[ChannelTruth, ...]:
        return tuple(
            channel_truth(self.draws, self.world, network, network, PILLARS) for network in FEED_NETWORKS
        )

    def first_plan(self) -> list[Plan]:
        return [self._plan(truth) for truth in self.truths]

    def _plan(self, truth: ChannelTruth) -> Plan:
        """Four days a week; more of some things than of others."""
        random = np.random.Generator(np.random.Philox(int(truth.draws.uniform("plan") * (1 << 53))))
        times = some_times(random, POSTS_A_WEEK)
        mixes = {
            "format": _mix(random, tuple(sorted(truth.formats))),
            "pillar": _mix(random, PILLARS),
            "length": dict(zip(LENGTH_LEVELS, USUAL_LENGTHS, strict=True)),
            "hashtags": dict(zip(HASHTAG_LEVELS, USUAL_HASHTAGS, strict=True)),
            **{flag: {"yes": USUAL_FLAG, "no": 1 - USUAL_FLAG} for flag in FLAGS},
        }
        return Plan(times, mixes)


@dataclass
class Year:
    """A company that lives by `plans`, week by week."""

    company: Company
    plans: list[Plan]
    posted: list[Posted] = field(default_factory=list)

    def live(self, week: int) -> None:
        for channel, truth in enumerate(self.company.truths):
            before = [one.day for one in self.posted if one.channel == channel]
            for number, planned in enumerate(self.plans[channel].times):
                draws = truth.draws.under("post", week, number)
                slot = really(draws, planned)
                day = week * 7 + (slot + draws.uniform("minute")) / 24
                earlier = sum(day - 1 <= other < day for other in before)
                made = composed(draws, self.plans[channel].mixes)
                count = truth.interactions(f"{week} {number}", made, slot, week, earlier)
                self.posted.append(Posted(channel, slot, day, made, count))
                before.append(day)

    def weekly(self) -> list[int]:
        """Interactions with the posts of each week."""
        weeks = [int(one.day // 7) for one in self.posted]
        return [int(total) for total in np.bincount(weeks, [one.count for one in self.posted])]

    def posts(self) -> Posts:
        """What the statistics see of it."""
        formats = tuple(sorted({level for plan in self.plans for level in plan.mixes["format"]}))
        made = [one.composition for one in self.posted]
        channel = np.array([one.channel for one in self.posted])
        day = np.array([one.day for one in self.posted])
        return Posts(
            counts=np.array([float(one.count) for one in self.posted]),
            exposure=np.zeros(len(made)),
            channel=channel,
            channels=FEED_NETWORKS,
            networks=FEED_NETWORKS,
            slot=np.array([one.slot for one in self.posted]),
            day=day,
            format=Factor(np.array([formats.index(one.format) for one in made]), formats),
            pillar=Factor(np.array([PILLARS.index(one.pillar) for one in made]), PILLARS),
            length=Factor(np.array([one.length for one in made]), LENGTH_LEVELS),
            hashtags=Factor(np.array([one.hashtags for one in made]), HASHTAG_LEVELS),
            cadence=cadence_of(day, channel),
            flags={flag: np.array([flag in one.flags for one in made]) for flag in FLAGS},
        )


def some_times(random: np.random.Generator, count: int) -> list[int]:
    """On `count` different days of the week, at hours somebody was used to (0-167)."""
    days = random.choice(7, count, replace=False)
    hours = random.integers(*WAKING, count)
    return sorted(int(day * 24 + hour) for day, hour in zip(days, hours, strict=True))


def _mix(random: np.random.Generator, levels: tuple[str, ...]) -> Mix:
    return dict(zip(levels, map(float, random.dirichlet(np.full(len(levels), 3.0))), strict=True))


def really(draws: Draws, planned: int) -> int:
    """Nobody is punctual: within an hour of the plan, or when there was time."""
    day, hour = divmod(planned, 24)
    if draws.uniform("busy") < AT_ANY_HOUR:
        hour = WAKING[0] + int(draws.uniform("any hour") * (WAKING[1] - WAKING[0]))
    else:
        hour += int(draws.uniform("late") * 3) - 1
    return day * 24 + min(max(hour, 0), 23)


def composed(draws: Draws, mixes: Mapping[str, Mix]) -> Composition:
    level = {factor: _drawn(draws.uniform(factor), mix) for factor, mix in mixes.items()}
    return Composition(
        level["format"],
        level["pillar"],
        LENGTH_LEVELS.index(level["length"]),
        HASHTAG_LEVELS.index(level["hashtags"]),
        frozenset(flag for flag in FLAGS if level[flag] == "yes"),
    )


def _drawn(uniform: float, mix: Mix) -> str:
    for level, share in mix.items():
        uniform -= share
        if uniform < 0:
            return level
    return next(reversed(mix))
