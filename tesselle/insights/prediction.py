"""What a planned post can expect: whole numbers, with the luck of single posts in them."""

from dataclasses import dataclass, field

import numpy as np

from tesselle.insights.design import Design, expected_timing, known_parts
from tesselle.insights.posterior import Posterior
from tesselle.insights.posts import Floats, Posts

DRAWS = 4000
SEED = 77


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """Levels by number, as in `Posts`; `exposure` in log units."""

    channel: int
    slot: int
    format: int
    pillar: int
    length: int
    hashtags: int
    cadence: int
    flags: frozenset[str] = field(default_factory=frozenset)
    exposure: float = 0.0


@dataclass(frozen=True, slots=True)
class Expectation:
    """Counts: the middle, and the central 80 %."""

    middle: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Judged:
    """What was to be expected, and where the count that came lies among it: the probabilities of less,
    and of at most so much. Small counts make the two differ; their middle is the rank."""

    expected: Expectation
    less: float
    at_most: float


def judged(posterior: Posterior, posts: Posts, plan: PlannedPost, count: float, widen: float = 1.0) -> Judged:
    sample = _sample(posterior, posts, plan, widen)
    return Judged(_central(sample), float(np.mean(sample < count)), float(np.mean(sample <= count)))


def expected(posterior: Posterior, posts: Posts, plan: PlannedPost, widen: float = 1.0) -> Expectation:
    """`widen`: the online multiplier of intervals, 1 when never calibrated."""
    return _central(_sample(posterior, posts, plan, widen))


def _central(sample: Floats) -> Expectation:
    low, middle, high = np.quantile(sample, [0.1, 0.5, 0.9], method="nearest")
    return Expectation(int(middle), int(low), int(high))


def rank(
    posterior: Posterior, posts: Posts, plan: PlannedPost, count: float, widen: float = 1.0
) -> tuple[float, float]:
    """Where a count lies among what was to be expected: the probabilities of less, and of at most
    so much. Small counts make the two differ; their middle is the rank."""
    sample = _sample(posterior, posts, plan, widen)
    return float(np.mean(sample < count)), float(np.mean(sample <= count))


def _sample(posterior: Posterior, posts: Posts, plan: PlannedPost, widen: float) -> Floats:
    design = posterior.design
    of = posterior.of(row_of(design, posts, plan))
    constant = design.centre + plan.exposure
    if design.knows_the_week:
        constant += expected_timing(posts.networks[plan.channel])[plan.slot]
    random = np.random.Generator(np.random.Philox(SEED))
    chosen = random.choice(len(of.weights), DRAWS, p=of.weights)
    effect = (of.means - of.mean)[chosen] + of.deviations[chosen] * random.standard_normal(DRAWS)
    luck = posterior.sigma * random.standard_t(posterior.nu, DRAWS)
    rates = np.exp(np.minimum(constant + of.mean + widen * (effect + luck), 20.0))
    return np.asarray(random.poisson(rates), dtype=float)


def row_of(design: Design, posts: Posts, plan: PlannedPost) -> Floats:
    """The planned post as a combination of the columns; drift stays where it was last."""
    day, hour = divmod(plan.slot, 24)
    channel = plan.channel
    places = {
        "level": 0,
        "channel": channel,
        "format": plan.format,
        "pillar": plan.pillar,
        "length": plan.length,
        "hashtags": plan.hashtags,
        "cadence": plan.cadence,
        "format@channel": channel * len(posts.format.levels) + plan.format,
        "pillar@channel": channel * len(posts.pillar.levels) + plan.pillar,
        "hour": channel * 24 + hour,
        "weekday": channel * 7 + day,
        **{name: int(name in plan.flags) for name in posts.flags},
    }
    if day >= 5:
        places["weekend hour"] = channel * 24 + hour
    for block in design.blocks:
        if block.name == "drift":
            bins = len(block.factor) // len(posts.channels)
            places["drift"] = channel * bins + bins - 1
    row, known = np.zeros(design.width), known_parts(posts.networks[channel])
    for block, start in zip(design.blocks, design.starts, strict=False):
        if block.name in places:
            row[start : start + block.width] = block.factor[places[block.name]]
        elif block.name in known:
            row[start : start + block.width] = known[block.name][plan.slot] * block.factor[0]
    return row
