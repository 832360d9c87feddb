"""The middle of many sorted lists, without sorting them together."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

Number = TypeVar("Number", int, float)
FEW = 2000
"""Up to so many values are sorted in less time than it takes to look into each list a dozen times."""


def median(lists: Sequence[Sequence[Number]]) -> float | None:
    """Of all their values together, as `percentile_cont(0.5)` gives it; each list is sorted. None without any."""
    count = sum(map(len, lists))
    if not count:
        return None
    below, above = (count - 1) // 2, count // 2
    if count <= FEW:
        values = sorted(chain.from_iterable(lists))
        return _between(values[below], values[above])
    low = nth(lists, below)
    return _between(low, low if above == below else nth(lists, above))


def _between(low: float, high: float) -> float:
    return low + 0.5 * (high - low)


@dataclass(slots=True)
class _Window:
    values: Sequence[float]
    first: int
    end: int


def nth(lists: Sequence[Sequence[Number]], place: int) -> float:
    """The value at `place` (from 0) of all in order. Each round throws away half of the widest list, and about
    half of the others.

    Raises:
        IndexError: there are not so many.
    """
    windows = [_Window(values, 0, len(values)) for values in lists if values]
    while windows:
        widest = max(windows, key=lambda one: one.end - one.first)
        pivot = widest.values[(widest.first + widest.end) // 2]
        below = [bisect_left(one.values, pivot, one.first, one.end) for one in windows]
        upto = [
            bisect_right(one.values, pivot, start, one.end) for one, start in zip(windows, below, strict=True)
        ]
        smaller = sum(start - one.first for one, start in zip(windows, below, strict=True))
        not_larger = sum(end - one.first for one, end in zip(windows, upto, strict=True))
        if place < smaller:
            for one, start in zip(windows, below, strict=True):
                one.end = start
        elif place < not_larger:
            return pivot
        else:
            place -= not_larger
            for one, end in zip(windows, upto, strict=True):
                one.first = end
        windows = [one for one in windows if one.first < one.end]
    raise IndexError(place)
