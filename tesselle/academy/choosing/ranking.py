"""The weighted sum: what a tool reaches of all that can be reached, in percent.

A score that is missing is not zero. A tool with missing scores is not ranked: it has a range, from what it
would reach if all of them were the worst to what it would reach if all were the best.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tesselle.academy.models.choosing import BEST_SCORE


@dataclass(frozen=True, slots=True)
class Candidate:
    """`scores`: in the order of the weights."""

    name: str
    scores: tuple[int | None, ...]

    @property
    def missing(self) -> int:
        return self.scores.count(None)


@dataclass(frozen=True, slots=True)
class Ranked:
    """`place`: the same for equals, as in sport (1, 2, 2, 4)."""

    name: str
    percent: float
    place: int


@dataclass(frozen=True, slots=True)
class Range:
    name: str
    lowest: float
    highest: float
    missing: int


def percent(weights: Sequence[float], scores: Sequence[int]) -> float:
    """Raises ValueError: no weight is above zero, so nothing can be compared."""
    total = sum(weights)
    if total <= 0:
        raise ValueError("no weight")
    return 100 * sum(w * s for w, s in zip(weights, scores, strict=True)) / (total * BEST_SCORE)


def ranked(weights: Sequence[float], candidates: Sequence[Candidate]) -> list[Ranked]:
    """The best first; only those whose every score with a weight is known."""
    reached = [
        (percent(weights, complete), candidate.name)
        for candidate in candidates
        if (complete := complete_scores(weights, candidate)) is not None
    ]
    reached.sort(key=lambda pair: (-round(pair[0], 6), pair[1]))
    return [
        Ranked(name, value, 1 + sum(round(other, 6) > round(value, 6) for other, _ in reached))
        for value, name in reached
    ]


def ranges(weights: Sequence[float], candidates: Sequence[Candidate]) -> list[Range]:
    """Of those that cannot be ranked yet, by what they may still reach."""
    found = []
    for candidate in candidates:
        counted = _counted(weights, candidate)
        missing = counted.count(None)
        if missing:
            lowest = percent(weights, [score or 0 for score in counted])
            highest = percent(weights, [BEST_SCORE if score is None else score for score in counted])
            found.append(Range(candidate.name, lowest, highest, missing))
    return sorted(found, key=lambda one: (-one.highest, one.name))


def complete_scores(weights: Sequence[float], candidate: Candidate) -> list[int] | None:
    """None: one that counts is missing."""
    counted = _counted(weights, candidate)
    known = [score for score in counted if score is not None]
    return known if len(known) == len(counted) else None


def _counted(weights: Sequence[float], candidate: Candidate) -> list[int | None]:
    """What has no weight need not be known."""
    return [
        score if weight > 0 else (score or 0) for weight, score in zip(weights, candidate.scores, strict=True)
    ]
