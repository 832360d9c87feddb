"""How a company posts: its times, and how often it writes what. The same on both ways of living."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tesselle.insights.posts import HASHTAG_LEVELS, LENGTH_LEVELS
from tesselle.ops.bench.loop.ways import more_of
from tesselle.ops.bench.loop.year import Mix, composed, really, some_times
from tesselle.simulation.draws import Draws
from tesselle.simulation.truth import Composition

HOUR = "hour"
PILLAR = "pillar"

PILLARS = ("work", "advice", "people", "offer")
"""Of the themes that the simulated public tells apart."""

FORMATS: Mapping[str, tuple[str, ...]] = {
    "x": ("text", "image"),
    "facebook": ("text", "image", "carousel"),
    "instagram": ("image", "carousel"),
    "linkedin": ("text", "image", "carousel"),
}
"""As the simulation names them; links are left out, since a text with a link is a format and a flag at once."""

SHORT = frozenset({"x"})
SHORT_LENGTHS = (0.25, 0.5, 0.25)
LENGTHS = (0.1, 0.2, 0.3, 0.2, 0.1, 0.1)
HASHTAGS = (0.3, 0.4, 0.3)
QUESTION = {"yes": 0.3, "no": 0.7}
NO_LINK = {"yes": 0.0, "no": 1.0}
STEP_MINUTES, STEPS = 7, 7
"""On Mondays at minute 0, 7, 14 ... of an hour, on Tuesdays at 1, 8, 15 ...: no two posts lie a day apart to the
minute, where seconds would say whether one is within a day of the other. Nor in an hour's last minutes."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a suggestion asks for. `network` "": on all. A posting time: `add` in place of `drop` (0-167); else more
    of `level`, as the product names it."""

    network: str
    factor: str
    level: str = ""
    add: int | None = None
    drop: int | None = None


@dataclass(frozen=True, slots=True)
class Intended:
    """One post of a week. `minute`: local, from Monday 0 h; `number`: no other post has it."""

    network: str
    number: int
    minute: int
    made: Composition


@dataclass
class Habits:
    """`pillars` are shares of the whole company's posts, the other mixes of one network's."""

    times: dict[str, list[int]]
    mixes: dict[str, dict[str, Mix]]
    pillars: Mix

    def follow(self, change: Change) -> None:
        if change.add is not None:
            times = self.times[change.network]
            if change.drop is not None:
                times.remove(change.drop)
            times.append(change.add)
        elif change.factor == PILLAR:
            more_of(self.pillars, change.level)
        else:
            self.write_more(change)

    def write_more(self, change: Change) -> None:
        """What no page of the product keeps: a person writes it more often from now on."""
        for network in [change.network] if change.network else list(self.mixes):
            mix = self.mixes[network].get(change.factor, {})
            if change.level in mix:
                more_of(mix, change.level)

    def week(self, draws: Draws, week: int) -> list[Intended]:
        """In the order they go out on each network."""
        found = []
        for network, times in self.times.items():
            mixes = {**self.mixes[network], PILLAR: self.pillars, "link": NO_LINK}
            for place, planned in enumerate(sorted(times)):
                own = draws.under("post", network, week, place)
                slot = really(own, planned)
                minute = slot * 60 + slot // 24 + STEP_MINUTES * int(own.uniform("minute") * STEPS)
                found.append((minute, network, composed(own, mixes)))
        found.sort(key=lambda one: one[0])
        begin = week * 1000
        return [
            Intended(network, begin + place, minute, made)
            for place, (minute, network, made) in enumerate(found)
        ]


def first_habits(draws: Draws, networks: Sequence[str], posts_a_week: int) -> Habits:
    """Times somebody was used to, and more of some things than of others. Shares of pillars are whole percents."""
    random = np.random.Generator(np.random.Philox(int(draws.uniform("plan") * (1 << 53))))
    return Habits(
        times={network: some_times(random, posts_a_week) for network in networks},
        mixes={network: _mixes(random, network) for network in networks},
        pillars=_percents(random),
    )


def _mixes(random: np.random.Generator, network: str) -> dict[str, Mix]:
    lengths = SHORT_LENGTHS if network in SHORT else LENGTHS
    forms = FORMATS[network]
    shares = random.dirichlet(np.full(len(forms), 3.0))
    return {
        "format": dict(zip(forms, map(float, shares), strict=True)),
        "length": dict(zip(LENGTH_LEVELS, lengths, strict=False)),
        "hashtags": dict(zip(HASHTAG_LEVELS, HASHTAGS, strict=False)),
        "question": dict(QUESTION),
    }


def _percents(random: np.random.Generator) -> Mix:
    shares = [5 + int(80 * share) for share in random.dirichlet(np.full(len(PILLARS), 3.0))]
    shares[0] += 100 - sum(shares)
    return {pillar: share / 100 for pillar, share in zip(PILLARS, shares, strict=True)}
