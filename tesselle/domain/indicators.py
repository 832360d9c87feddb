"""What is made of counts: sums that are missing when a part is, and rates with their denominator.

Formulas are data, so that a page can put the numbers in and say where each came from.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from tesselle.domain.metrics import Metric

INTERACTIONS = (Metric.REACTIONS, Metric.COMMENTS, Metric.SHARES, Metric.SAVES)
"""The declared set. Clicks are not in it: not every network tells them, and some count them twice."""

AGES = (1, 7, 28)
"""Days after publication at which a post's figures are kept, so that posts can be compared."""

LATE_SHARE = 0.25
"""A reading counts for an age if it was taken at that age or up to a quarter of it later."""


class Base(StrEnum):
    """What engagement is divided by; chosen once for a workspace."""

    FOLLOWERS = "followers"  # of the publication day
    REACH = "reach"
    VIEWS = "views"


BASE_METRIC: Mapping[Base, Metric] = {
    Base.FOLLOWERS: Metric.FOLLOWERS,
    Base.REACH: Metric.REACH,
    Base.VIEWS: Metric.IMPRESSIONS,
}


@dataclass(frozen=True, slots=True)
class Formula:
    """`parts` are added up; with `per` they are divided by it. Without `per` it is a count."""

    parts: tuple[Metric, ...]
    per: Metric | None = None

    @property
    def is_rate(self) -> bool:
        return self.per is not None


@dataclass(frozen=True, slots=True)
class Worked:
    """A formula with its numbers put in. `parts`: of what the network tells, None where this reading
    lacks it. `never`: parts that this network tells of no post. `value` None: not to be had."""

    value: float | None
    parts: tuple[tuple[Metric, int | None], ...]
    per: int | None
    never: tuple[Metric, ...]


def work_out(formula: Formula, values: Mapping[str, int], told: Collection[Metric]) -> Worked:
    """`values`: of one reading, followers of the publication day among them. `told`: what the network
    tells of posts at all. A part it never tells is no part here; a part missing makes all missing."""
    parts = tuple((part, values.get(part.value)) for part in formula.parts if part in told)
    never = tuple(part for part in formula.parts if part not in told)
    known = [value for _, value in parts if value is not None]
    total = sum(known) if parts and len(known) == len(parts) else None
    if formula.per is None:
        return Worked(total, parts, None, never)
    per = values.get(formula.per.value)
    rate = total / per if total is not None and per else None
    return Worked(rate, parts, per, never)


def interactions_of(values: Mapping[str, int], told: Collection[Metric]) -> int | None:
    value = work_out(Formula(INTERACTIONS), values, told).value
    return None if value is None else int(value)


def ages_reached(age: timedelta) -> tuple[int, ...]:
    """The fixed ages, in days, that a reading at this age may stand for."""
    days = age / timedelta(days=1)
    return tuple(one for one in AGES if one <= days <= one * (1 + LATE_SHARE))
