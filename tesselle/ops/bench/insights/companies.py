"""Simulated companies with their posts: what the model sees, and the truth beside it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tesselle.insights.fit import fit
from tesselle.insights.posterior import Posterior
from tesselle.insights.posts import (
    HASHTAG_LEVELS,
    LENGTH_LEVELS,
    Factor,
    Floats,
    Ints,
    Posts,
    cadence_of,
)
from tesselle.simulation.draws import Draws
from tesselle.simulation.truth import ChannelTruth, Composition, channel_truth
from tesselle.simulation.worlds import WORLDS, SimulatedWorld

FEED_NETWORKS = ("x", "facebook", "instagram", "linkedin")
PILLARS = ("advice", "behind_the_scenes", "offer", "work")
FLAGS = ("link", "question")
POSTS_A_WEEK = 4.0
LONGEST_WEEKS = 208


@dataclass(frozen=True)
class Company:
    posts: Posts
    truth: ChannelTruth
    weeks: Ints
    earlier: Ints

    def true_effects(self, factor: str) -> Floats:
        """The log effect of each level, as it really is."""
        truth, posts = self.truth, self.posts
        match factor:
            case "format":
                return np.array([truth.formats[level] for level in posts.format.levels])
            case "pillar":
                return np.array([truth.pillars[level] for level in posts.pillar.levels])
            case "length":
                return np.array(truth.lengths)
            case "hashtags":
                return np.array(truth.hashtags)
            case "cadence":
                return np.asarray(truth.world.fatigue * self._earlier_by_level())
            case "hour":
                return np.asarray(np.array(truth.timing).reshape(7, 24)[:5].mean(axis=0))
            case _:
                return np.array([0.0, truth.flags[factor]])

    def _earlier_by_level(self) -> Floats:
        """How many earlier posts each level of cadence stands for, here."""
        usual = np.array([0.0, 1.0, 2.0, 3.4, 5.5])
        for level in range(3, 5):
            rows = self.posts.cadence.index == level
            if rows.any():
                usual[level] = self.earlier[rows].mean()
        return usual


@dataclass(frozen=True)
class Fitted:
    """A company, and what the model makes of it: each fit is asked for by several rows, and made once."""

    made: Company

    @cached_property
    def own(self) -> Posterior:
        """From its own figures alone."""
        return fit(self.made.posts, use_curve=False)

    @cached_property
    def informed(self) -> Posterior:
        """With what is generally known of its network's hours."""
        return fit(self.made.posts)


def company(seed: object, network: str, count: int, world: SimulatedWorld = WORLDS["ordinary"]) -> Company:
    """`count` posts of one company on one network, as people really post: by habit."""
    draws = Draws(f"company {seed}").under(network, world.name)
    truth = channel_truth(draws, world, "channel", network, PILLARS)
    random = np.random.Generator(np.random.Philox(int(draws.uniform("habits") * (1 << 53))))
    weeks = int(min(max(6.0, count / POSTS_A_WEEK), LONGEST_WEEKS))
    day, slot = _instants(random, count, weeks)
    formats = tuple(sorted(truth.formats))
    format_index = _mixed(random, len(formats), count)
    if world.videos_in_the_evening and "video" in formats:
        format_index = _only_in_the_evening(random, format_index, slot, formats.index("video"))
    posts = Posts(
        counts=np.zeros(count),
        exposure=np.zeros(count),
        channel=np.zeros(count, dtype=np.int64),
        channels=("channel",),
        networks=(network,),
        slot=slot,
        day=day,
        format=Factor(format_index, formats),
        pillar=Factor(_mixed(random, len(PILLARS), count), PILLARS),
        length=Factor(np.clip(np.round(random.normal(2.5, 1.2, count)), 0, 5).astype(int), LENGTH_LEVELS),
        hashtags=Factor(np.clip(np.round(random.normal(1.6, 1.1, count)), 0, 4).astype(int), HASHTAG_LEVELS),
        cadence=cadence_of(day, np.zeros(count, dtype=np.int64)),
        flags={name: random.random(count) < 0.25 for name in FLAGS},
    )
    earlier = np.arange(count) - np.searchsorted(day, day - 1.0, side="left")
    return _with_outcomes(Company(posts, truth, (day // 7).astype(np.int64), earlier))


def composition(posts: Posts, row: int) -> Composition:
    return Composition(
        posts.format.levels[posts.format.index[row]],
        posts.pillar.levels[posts.pillar.index[row]],
        int(posts.length.index[row]),
        int(posts.hashtags.index[row]),
        frozenset(name for name, flag in posts.flags.items() if flag[row]),
    )


def _with_outcomes(made: Company) -> Company:
    posts = made.posts
    for row in range(len(posts)):
        posts.counts[row] = made.truth.interactions(
            str(row),
            composition(posts, row),
            int(posts.slot[row]),
            int(made.weeks[row]),
            int(made.earlier[row]),
        )
    return made


def _instants(random: np.random.Generator, count: int, weeks: int) -> tuple[Floats, Ints]:
    """Days since the start (a Monday, 0 h) in order, and slots: four favourite hours, one post in
    five at any waking hour, fewer at weekends."""
    favourites = random.integers(7, 22, 4)
    habit = (random.choice(favourites, count) + random.integers(-1, 2, count)) % 24
    hours = np.where(random.random(count) < 0.8, habit, random.integers(7, 23, count))
    likely = np.array([1, 1, 1, 1, 1, 0.4, 0.4])
    weekdays = random.choice(7, count, p=likely / likely.sum())
    day = random.integers(0, weeks, count) * 7 + weekdays + (hours + random.random(count)) / 24
    order = np.argsort(day, kind="stable")
    return day[order], (weekdays * 24 + hours)[order].astype(np.int64)


def _mixed(random: np.random.Generator, levels: int, count: int) -> Ints:
    return random.choice(levels, count, p=random.dirichlet(np.full(levels, 3.0)))


def _only_in_the_evening(random: np.random.Generator, formats: Ints, slot: Ints, video: int) -> Ints:
    """All videos after 18 h, and after 18 h nothing else."""
    evening = slot % 24 >= 18
    others = np.array([n for n in range(formats.max() + 1) if n != video])
    moved = np.where(formats == video, random.choice(others, len(formats)), formats)
    return np.asarray(np.where(evening, video, moved))
