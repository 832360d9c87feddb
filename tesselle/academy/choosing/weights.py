"""Weights that follow from needs, and always sum to 100."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from math import prod

from tesselle.academy.catalogue import KnownCriterion, Need

SUM_IN_TENTHS = 1000


def weights_for(
    criteria: Sequence[KnownCriterion], needs: Sequence[Need], answered: Collection[str]
) -> dict[str, Decimal]:
    """Each weight of the catalogue times the factors of the needs that are there, brought back to 100."""
    theirs = [need for need in needs if need.key in answered]
    raw = {
        known.key: known.weight * prod(need.factors.get(known.key, 1.0) for need in theirs)
        for known in criteria
    }
    return shared_out(raw)


def shared_out(raw: Mapping[str, float]) -> dict[str, Decimal]:
    """In tenths, by largest remainders: what rounding leaves goes to whom it took most from."""
    total = sum(raw.values())
    exact = {key: value * SUM_IN_TENTHS / total for key, value in raw.items()}
    tenths = {key: int(value) for key, value in exact.items()}
    left = SUM_IN_TENTHS - sum(tenths.values())
    for key in sorted(exact, key=lambda key: tenths[key] - exact[key])[:left]:
        tenths[key] += 1
    return {key: Decimal(value) / 10 for key, value in tenths.items()}
