"""Which hours of the week to post at, on one channel."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tesselle.insights.design import expected_timing, known_parts
from tesselle.insights.posterior import Mixture, Posterior
from tesselle.insights.posts import Floats, Posts

HOURS_A_WEEK = 168
WAKING = range(7, 23)


def slot_rows(posterior: Posterior, posts: Posts, channel: int, *, curve_shift_h: float = 0.0) -> Floats:
    """What each of the 168 slots is worth, as combinations of the columns. The generally known curve
    comes on top as it is expected (`expected_timing`). `curve_shift_h`: as the posterior was fitted with."""
    design = posterior.design
    rows = np.zeros((HOURS_A_WEEK, design.width))
    for slot in range(HOURS_A_WEEK):
        day, hour = divmod(slot, 24)
        rows[slot] += design.row("hour", channel * 24 + hour) + design.row("weekday", channel * 7 + day)
        if day >= 5:
            rows[slot] += design.row("weekend hour", channel * 24 + hour)
    if design.knows_the_week:
        for name, part in known_parts(posts.networks[channel], curve_shift_h).items():
            rows += np.outer(part, design.row(name, 0))
    return rows


@dataclass(frozen=True, slots=True)
class SlotValue:
    """`of`: the log gain over the mean of the slots compared."""

    slot: int
    of: Mixture


def waking_slots() -> list[int]:
    return [day * 24 + hour for day in range(7) for hour in WAKING]


def slot_values(posterior: Posterior, posts: Posts, channel: int, slots: list[int]) -> list[SlotValue]:
    """Each of those slots against their mean, the best first."""
    rows, known = slot_rows(posterior, posts, channel)[slots], _known(posterior, posts, channel)[slots]
    rows, known = rows - rows.mean(axis=0), known - known.mean()
    found = []
    for number, slot in enumerate(slots):
        found.append(SlotValue(slot, posterior.of(rows[number]).moved(float(known[number]))))
    return sorted(found, key=lambda value: (-value.of.mean, value.slot))


def slot_against(
    posterior: Posterior, posts: Posts, channel: int, slot: int, usual: Sequence[int]
) -> Mixture:
    """The log gain of one slot over the mean of the slots in `usual` (each as often as it is there)."""
    rows, known = slot_rows(posterior, posts, channel), _known(posterior, posts, channel)
    others = list(usual)
    away = float(known[slot] - known[others].mean())
    return posterior.of(rows[slot] - rows[others].mean(axis=0)).moved(away)


def best_slot(
    posterior: Posterior, posts: Posts, channel: int, slots: list[int], *, curve_shift_h: float = 0.0
) -> int:
    """The slot with the highest expected worth."""
    rows = slot_rows(posterior, posts, channel, curve_shift_h=curve_shift_h)[slots]
    known = _known(posterior, posts, channel, curve_shift_h)[slots]
    return slots[int(np.argmax(posterior.mean_of(rows) + known))]


def _known(posterior: Posterior, posts: Posts, channel: int, shift_h: float = 0.0) -> Floats:
    if not posterior.design.knows_the_week:
        return np.zeros(HOURS_A_WEEK)
    return expected_timing(posts.networks[channel], shift_h)
