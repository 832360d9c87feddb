"""One run of the engine over an account's posts: what may be said, ready to be stored."""

import hashlib
import math
from dataclasses import dataclass

import numpy as np

from tesselle.insights.evidence import Certainty, Finding, candidates, findings, separable
from tesselle.insights.fit import fit
from tesselle.insights.gram import predicted
from tesselle.insights.posterior import Posterior
from tesselle.insights.posts import Posts
from tesselle.insights.slots import slot_values, waking_slots
from tesselle.insights.stored import Stored, StoredFinding, StoredSlot

SLOTS_KEPT = 10
NEAR_HOURS = 2


@dataclass(frozen=True, slots=True)
class Fits:
    """Of the same posts: from the account's own figures alone, and with what is generally known of hours."""

    own: Posterior
    informed: Posterior


def fits_of(posts: Posts) -> Fits:
    """Nearly all the work of a run; who needs them after it takes them from there."""
    return Fits(own=fit(posts, use_curve=False), informed=fit(posts))


def summarise(posts: Posts, fits: Fits | None = None) -> Stored:
    """Findings from the account's own figures; slots from these and what is generally known. `fits`: of
    these posts, where they are at hand."""
    posts = posts.in_order()
    fits = fits or fits_of(posts)
    own, informed = fits.own, fits.informed
    every = separable(candidates(own, posts), posts)
    ideas = [one for one in every if one.certainty is Certainty.WORTH_TESTING]
    ideas.sort(key=lambda one: -one.effect.practical)
    return Stored(
        posts=len(posts),
        luck_share=luck_share(own, posts),
        findings=tuple(_stored(one) for one in findings(own, posts)),
        ideas=tuple(_stored(one) for one in ideas),
        slots=tuple(
            slot for channel in range(len(posts.channels)) for slot in _slots(informed, posts, channel)
        ),
        fingerprint=fingerprint(posts),
        settled=tuple(_stored(one) for one in every if one.certainty is Certainty.NO_DIFFERENCE),
    )


def luck_share(posterior: Posterior, posts: Posts) -> float:
    """How much of what one sees is luck: of the variance of log rates, the part that no effect
    explains."""
    best = posterior.components[0]
    explained = float(np.var(predicted(posterior.design, best.mean)))
    luck = best.sigma**2 * posterior.nu / (posterior.nu - 2)
    return luck / (luck + explained)


def fingerprint(posts: Posts) -> str:
    """The same rows, in whatever order, have the same."""
    ordered = posts.in_order()
    digest = hashlib.sha256()
    for column in (ordered.counts, ordered.exposure, ordered.channel, ordered.slot, ordered.day,
                   ordered.format.index, ordered.pillar.index, ordered.length.index,
                   ordered.hashtags.index, ordered.cadence.index):  # fmt: skip
        digest.update(np.ascontiguousarray(column).tobytes())
    return digest.hexdigest()


def _stored(finding: Finding) -> StoredFinding:
    effect = finding.effect
    low, high = effect.interval
    twin = finding.inseparable
    return StoredFinding(
        factor=effect.factor,
        level=effect.level,
        channel=effect.channel,
        posts=effect.posts,
        others=effect.others,
        certainty=finding.certainty.value,
        probability=effect.practical,
        low=math.expm1(low),
        middle=math.expm1(effect.of.quantile(0.5)),
        high=math.expm1(high),
        inseparable=None if twin is None else (twin.factor, twin.level),
    )


def _slots(posterior: Posterior, posts: Posts, channel: int) -> list[StoredSlot]:
    best = slot_values(posterior, posts, channel, waking_slots())[:SLOTS_KEPT]
    return [
        StoredSlot(
            channel=posts.channels[channel],
            slot=value.slot,
            low=math.expm1(value.of.quantile(0.1)),
            gain=math.expm1(value.of.mean),
            high=math.expm1(value.of.quantile(0.9)),
            tried=_tried(posts, channel, value.slot),
        )
        for value in best
    ]


def _tried(posts: Posts, channel: int, slot: int) -> int:
    weekend = slot >= 5 * 24
    away = np.abs((posts.hour - slot % 24 + 12) % 24 - 12)
    return int(((posts.channel == channel) & (posts.is_weekend == weekend) & (away <= NEAR_HOURS)).sum())
