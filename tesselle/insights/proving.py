"""How well the model foretells posts it has not seen, against simple ways of guessing.

The error is the mean distance in log units (`log(1 + count)`), so that one runaway post does not
decide; each last fifth of the posts is foretold from those before.
"""

import math
from dataclasses import dataclass

import numpy as np

from tesselle.insights.fit import fit
from tesselle.insights.posts import Posts
from tesselle.insights.prediction import PlannedPost, expected

TESTED_SHARE = 0.2
FEWEST_POSTS = 20
LAST = 10


@dataclass(frozen=True, slots=True)
class Proof:
    """Errors by who foretold; smaller is better. `tested`: how many posts."""

    tested: int
    model: float
    own_mean: float
    last_ten: float
    hour_mean: float


def prove(posts: Posts) -> Proof | None:
    """None with fewer than twenty posts."""
    posts = posts.chosen(np.argsort(posts.day, kind="stable"))
    tested = int(len(posts) * TESTED_SHARE)
    if len(posts) < FEWEST_POSTS:
        return None
    known_count = len(posts) - tested
    known = posts.chosen(np.arange(len(posts)) < known_count)
    posterior = fit(known)
    errors: dict[str, list[float]] = {"model": [], "own_mean": [], "last_ten": [], "hour_mean": []}
    for row in range(known_count, len(posts)):
        same = np.flatnonzero(known.channel == posts.channel[row])
        history = known.counts[same] if len(same) else known.counts
        near = np.abs((known.hour[same] - posts.hour[row] + 12) % 24 - 12) <= 1
        guesses = {
            "model": float(expected(posterior, known, planned(posts, row)).middle),
            "own_mean": float(history.mean()),
            "last_ten": float(history[-LAST:].mean()),
            "hour_mean": float(history[near].mean()) if near.any() else float(history.mean()),
        }
        for who, guess in guesses.items():
            errors[who].append(abs(math.log1p(guess) - math.log1p(posts.counts[row])))
    return Proof(tested, **{who: float(np.mean(found)) for who, found in errors.items()})


def planned(posts: Posts, row: int) -> PlannedPost:
    """A post that went out, as if it were still to come."""
    return PlannedPost(
        channel=int(posts.channel[row]),
        slot=int(posts.slot[row]),
        format=int(posts.format.index[row]),
        pillar=int(posts.pillar.index[row]),
        length=int(posts.length.index[row]),
        hashtags=int(posts.hashtags.index[row]),
        cadence=int(posts.cadence.index[row]),
        flags=frozenset(name for name, flag in posts.flags.items() if flag[row]),
        exposure=float(posts.exposure[row]),
    )
