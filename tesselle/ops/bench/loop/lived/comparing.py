"""Whether both ways of living came to the same, post by post."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from tesselle.insights.posts import Factor, Posts

LATE_SECONDS = 60.0
"""Who is sent at its minute is out within the same minute."""

FACTORS = ("format", "pillar", "length", "hashtags", "cadence")


def alike(one: Posts, other: Posts, bounds: Sequence[tuple[int, int]]) -> dict[str, int]:
    """For how many posts each is the same: the minute, the hour of the week, what it is, and its figures, which are to
    lie within `bounds`."""
    least, most = np.array(bounds).reshape(-1, 2).T
    return {
        "posts": len(one),
        "minute": _count(np.abs(one.day - other.day) * 86_400 < LATE_SECONDS),
        "hour": _count(one.slot == other.slot),
        **{name: _levels(one.factor(name), other.factor(name)) for name in FACTORS},
        "question": _count(_flag(one) == _flag(other)),
        "interactions": _count((least <= one.counts) & (one.counts <= most)),
    }


def are_alike(counts: dict[str, int]) -> bool:
    return counts["posts"] > 0 and len(set(counts.values())) == 1


def _levels(one: Factor, other: Factor) -> int:
    return sum(
        one.levels[mine] == other.levels[theirs] for mine, theirs in zip(one.index, other.index, strict=True)
    )


def _flag(posts: Posts) -> Any:
    return posts.flags.get("question", np.zeros(len(posts), dtype=bool))


def _count(same: Any) -> int:
    return int(np.asarray(same).sum())
