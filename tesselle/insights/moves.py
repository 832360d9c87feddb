"""One posting time for another: which one to give up, and whether that is worth saying."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tesselle.insights.effects import PRACTICAL, recent
from tesselle.insights.evidence import WORTH_TESTING
from tesselle.insights.posterior import Mixture, Posterior
from tesselle.insights.posts import Posts
from tesselle.insights.slots import HOURS_A_WEEK, best_slot, slot_against, waking_slots

APART_HOURS = 4
LEAST_PROMISE = math.log(1.05)


@dataclass(frozen=True, slots=True)
class Move:
    """Post at `add`, no longer at `drop` (None: the channel has no posting times). `of`: the log gain over
    `usual`, before anything is taken off it for what fades."""

    add: int
    drop: int | None
    usual: tuple[int, ...]
    of: Mixture

    @property
    def probability(self) -> float:
        """That the gain is practically there."""
        return 1 - self.of.below(PRACTICAL)

    def is_worth(self, kept: float) -> bool:
        return self.probability >= WORTH_TESTING and self.of.mean * kept >= LEAST_PROMISE


def best_move(informed: Posterior, posts: Posts, channel: int, times: Sequence[int]) -> Move | None:
    """The best hour that keeps its distance, against the weakest of the posting `times`, or against when
    this channel usually posts where it has none. None where it neither has any nor posts."""
    drop = _weakest(informed, posts, channel, times)
    others = set(times) - {drop}
    allowed = [slot for slot in waking_slots() if _is_apart(slot, others) and slot != drop]
    add = best_slot(informed, posts, channel, allowed)
    usual = [drop] if drop is not None else posts.slot[recent(posts) & (posts.channel == channel)].tolist()
    if not usual:
        return None
    return Move(add, drop, tuple(usual), slot_against(informed, posts, channel, add, usual))


def _weakest(informed: Posterior, posts: Posts, channel: int, times: Sequence[int]) -> int | None:
    if not times:
        return None
    worth = {slot: slot_against(informed, posts, channel, slot, times).mean for slot in times}
    return min(times, key=lambda slot: (worth[slot], slot))


def _is_apart(slot: int, others: set[int]) -> bool:
    return all(min(abs(slot - other), HOURS_A_WEEK - abs(slot - other)) >= APART_HOURS for other in others)
