"""The rules of evidence: what may be said, how surely, and how much of it at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from tesselle.insights.effects import Effect, effects_of
from tesselle.insights.posterior import Posterior
from tesselle.insights.posts import Flags, Posts
from tesselle.insights.together import Habit, together

FEWEST_POSTS = 12
FEWEST_OF_LEVEL = 5
FEWEST_WEEKS = 3
FEWEST_INTERACTIONS = 20
MOST_FINDINGS = 5
FALSE_SHARE = 0.10
CLEAR, LIKELY, WORTH_TESTING = 0.95, 0.90, 0.75
NO_DIFFERENCE = 0.10
INSEPARABLE = -0.7
REPORTED = ("format", "pillar", "length", "hashtags", "cadence")


class Certainty(StrEnum):
    """Never shown without its number: people read the same word very differently."""

    CLEAR = "clear"  # at least 19 in 20
    LIKELY = "likely"  # at least 9 in 10
    WORTH_TESTING = "worth_testing"  # 3 in 4: an idea, not a finding
    NO_DIFFERENCE = "no_difference"  # within 10 % either way
    CANNOT_TELL = "cannot_tell"


SHOWN = frozenset({Certainty.CLEAR, Certainty.LIKELY})


def certainty_of(effect: Effect) -> Certainty:
    """The word for one effect; hours must be clear, and come with "to be checked by a test"."""
    p = effect.practical
    if p >= CLEAR:
        return Certainty.CLEAR
    if p >= LIKELY and effect.factor != "hour":
        return Certainty.LIKELY
    if p >= WORTH_TESTING:
        return Certainty.WORTH_TESTING
    low, high = effect.interval
    if low > np.log(1 - NO_DIFFERENCE) and high < np.log(1 + NO_DIFFERENCE):
        return Certainty.NO_DIFFERENCE
    return Certainty.CANNOT_TELL


@dataclass(frozen=True, slots=True)
class Finding:
    """`inseparable`: this contrast cannot be told from that other habit, so neither is claimed."""

    effect: Effect
    certainty: Certainty
    inseparable: Habit | None = None


def enough(posts: Posts, rows: Flags, level: Flags) -> bool:
    """Whether a level has posts, weeks and interactions enough on both sides to be spoken of."""
    with_it, without = rows & level, rows & ~level
    return all(
        side.sum() >= FEWEST_OF_LEVEL
        and len(np.unique(posts.day[side] // 7)) >= FEWEST_WEEKS
        and posts.counts[side].sum() >= FEWEST_INTERACTIONS
        for side in (with_it, without)
    )


def candidates(posterior: Posterior, posts: Posts) -> list[Finding]:
    """Every contrast that may be spoken of, with its word. Empty below the fewest posts.

    `posterior`: fitted without what is generally known of a network's hours (`use_curve=False`),
    since a finding must come from the account's own figures.
    """
    found = []
    everywhere = np.ones(len(posts), dtype=bool)
    if len(posts) < FEWEST_POSTS:
        return []
    for name in (*REPORTED, *sorted(posts.flags)):
        index = posts.factor(name).index
        for number, effect in enumerate(effects_of(posterior, posts, name)):
            if name in posts.flags and effect.level == "no":
                continue  # the same statement from the other side
            if enough(posts, everywhere, np.asarray(index == number)):
                found.append(Finding(effect, certainty_of(effect)))
    for channel in range(len(posts.channels)):
        rows = np.asarray(posts.channel == channel)
        if rows.sum() < FEWEST_POSTS:
            continue
        for number, effect in enumerate(effects_of(posterior, posts, "hour", channel)):
            if enough(posts, rows, np.asarray(posts.hour == number)):
                found.append(Finding(effect, certainty_of(effect)))
    return found


def findings(posterior: Posterior, posts: Posts) -> list[Finding]:
    """At most five, the surest first, of which about one in ten may be wrong; of contrasts that
    cannot be told apart none, but the fact that they cannot."""
    open_to_all = candidates(posterior, posts)
    entangled = _entangled(open_to_all, posts)
    sure = sorted(
        (one for one in separable(open_to_all, posts) if one.certainty in SHOWN),
        key=lambda one: (-one.effect.practical, one.effect.factor, one.effect.level),
    )
    kept: list[Finding] = []
    doubt = 0.0
    for one in _separated(posterior, sure):
        doubt += 1 - one.effect.practical
        if len(kept) + len(entangled) == MOST_FINDINGS or doubt / (len(kept) + 1) > FALSE_SHARE:
            break
        kept.append(one)
    return kept + entangled


def separable(found: Sequence[Finding], posts: Posts) -> list[Finding]:
    """Those whose habit does not always go together with another one."""
    habits = [habit for pair in together(posts) for habit in (pair.one, pair.other)]
    return [
        one for one in found if not any(habit.covers(one.effect.factor, one.effect.level) for habit in habits)
    ]


def _entangled(found: Sequence[Finding], posts: Posts) -> list[Finding]:
    """The closest pair only: once it is parted, the others are looked at anew."""
    by_habit = {(one.effect.factor, one.effect.level): one.effect for one in found if not one.effect.channel}
    for pair in together(posts):
        effect = by_habit.get((pair.one.factor, pair.one.level))
        if effect is not None:
            return [Finding(effect, Certainty.CANNOT_TELL, pair.other)]
    return []


def _separated(posterior: Posterior, sure: Sequence[Finding]) -> list[Finding]:
    """Contrasts of *different* factors that the data cannot tell apart are marked."""
    if len(sure) < 2:
        return list(sure)
    covariance = posterior.covariance_of(np.array([one.effect.vector for one in sure]))
    deviations = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(deviations, deviations)
    out = []
    for a, one in enumerate(sure):
        twin = next(
            (
                Habit(other.effect.factor, other.effect.level)
                for b, other in enumerate(sure)
                if other.effect.factor != one.effect.factor and correlation[a, b] <= INSEPARABLE
            ),
            None,
        )
        out.append(one if twin is None else Finding(one.effect, Certainty.CANNOT_TELL, twin))
    return out
