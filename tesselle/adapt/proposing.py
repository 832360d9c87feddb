"""Suggestions out of a run. Imports NumPy and SciPy: for the command `tesselle learn` only."""

import math
from collections.abc import Iterator, Sequence
from datetime import time

from django.db import transaction

from tesselle.adapt.mixing import may_change
from tesselle.adapt.models import Decision, Suggestion
from tesselle.insights.effects import PRACTICAL, recent
from tesselle.insights.evidence import LIKELY, WORTH_TESTING
from tesselle.insights.posterior import Mixture, Posterior
from tesselle.insights.posts import Posts
from tesselle.insights.slots import best_slot, slot_against, waking_slots
from tesselle.insights.summary import Fits, fits_of
from tesselle.insights.together import together
from tesselle.learn.carrying import all_kept, kept_of
from tesselle.learn.models import Finding
from tesselle.learn.running import Learned
from tesselle.plan.models import PostingSlot

HABITS = frozenset({"format", "pillar", "length", "hashtags", "link", "question", "cadence"})
APART_HOURS = 4
MOST_OPEN_PER_CHANNEL = 2
"""Changes under way on one channel: with more, nothing could be put down to any of them."""

LEAST_PROMISE = math.log(1.05)
MOST_FROM_TIMING = math.log(1.3)
"""More than that from the hour alone was never seen in the field (decision 9): it is not promised."""


@transaction.atomic
def propose(learned: Learned) -> list[Suggestion]:
    """Replaces the open suggestions of the workspace. None from too few posts."""
    run = learned.run
    Suggestion.objects.filter(workspace_id=run.workspace_id, state=Suggestion.State.OPEN).update(
        state=Suggestion.State.OVERTAKEN
    )
    if learned.posts is None:
        return []
    found = [*_habits(learned), *_slots(learned, learned.posts)]
    return Suggestion.objects.bulk_create(found)


def _habits(learned: Learned) -> Iterator[Suggestion]:
    """More of what did better; what was decided already is not suggested again."""
    decided = set(
        Decision.objects.filter(workspace_id=learned.run.workspace_id, undone_at=None, verdict="")
        .exclude(suggestion__finding=None)
        .values_list("suggestion__finding__factor", "suggestion__finding__level")
    )
    kept = all_kept(learned.run.workspace)
    for one in learned.run.findings.filter(is_idea=False, twin_factor="", middle__gt=0):
        if one.factor in HABITS and (one.factor, one.level) not in decided and may_change(one):
            yield _habit(learned, one, kept[one.factor])


def _habit(learned: Learned, one: Finding, kept: float) -> Suggestion:
    low, gain, high = (math.expm1(kept * math.log1p(value)) for value in (one.low, one.middle, one.high))
    return Suggestion(
        workspace=learned.run.workspace,
        run=learned.run,
        kind=Suggestion.Kind.HABIT,
        channel=one.channel,
        finding=one,
        certainty=one.certainty,
        probability=one.probability,
        low=low,
        gain=gain,
        high=high,
        posts=one.posts + one.others,
        tried=one.posts,
        past=math.log1p(one.middle),
    )


def _slots(learned: Learned, posts: Posts) -> Iterator[Suggestion]:
    fits = learned.fits or fits_of(posts)
    weekly: dict[int, list[PostingSlot]] = {}
    for slot in PostingSlot.objects.filter(channel__workspace=learned.run.workspace):
        weekly.setdefault(slot.channel_id, []).append(slot)
    for number, name in enumerate(posts.channels):
        if _open_changes(int(name)) < MOST_OPEN_PER_CHANNEL:
            found = _slot(learned, posts, fits, number, weekly.get(int(name), []))
            if found is not None:
                yield found


def _open_changes(channel_id: int) -> int:
    return Decision.objects.filter(suggestion__channel_id=channel_id, verdict="", undone_at=None).count()


def _slot(
    learned: Learned,
    posts: Posts,
    fits: Fits,
    channel: int,
    weekly: Sequence[PostingSlot],
) -> Suggestion | None:
    """The best hour that keeps its distance, against the weakest posting time, or against when this
    channel usually posts where it has none."""
    informed = fits.informed
    numbers = {slot.weekday * 24 + slot.at.hour: slot for slot in weekly}
    weakest = _weakest(informed, posts, channel, sorted(numbers))
    allowed = [
        slot for slot in waking_slots() if _is_apart(slot, set(numbers) - {weakest}) and slot != weakest
    ]
    best = best_slot(informed, posts, channel, allowed)
    usual = (
        [weakest] if weakest is not None else posts.slot[recent(posts) & (posts.channel == channel)].tolist()
    )
    if not usual:
        return None
    of = slot_against(informed, posts, channel, best, usual)
    kept = kept_of(learned.run.workspace, "hour")
    probability = 1 - of.below(PRACTICAL)
    if probability < WORTH_TESTING or of.mean * kept < LEAST_PROMISE:
        return None
    dropped = numbers[weakest] if weakest is not None else None
    return Suggestion(
        workspace=learned.run.workspace,
        run=learned.run,
        kind=Suggestion.Kind.SLOT,
        channel_id=int(posts.channels[channel]),
        add_weekday=best // 24,
        add_at=time(best % 24),
        drop_weekday=dropped.weekday if dropped else None,
        drop_at=dropped.at if dropped else None,
        certainty=_certainty(posts, fits.own, channel, best, usual),
        probability=probability,
        low=_promised(of.quantile(0.1), kept),
        gain=_promised(of.mean, kept),
        high=_promised(of.quantile(0.9), kept),
        posts=int((posts.channel == channel).sum()),
        tried=_tried(posts, channel, best),
        past=of.mean,
    )


def _weakest(informed: Posterior, posts: Posts, channel: int, slots: Sequence[int]) -> int | None:
    if not slots:
        return None
    worth: dict[int, Mixture] = {slot: slot_against(informed, posts, channel, slot, slots) for slot in slots}
    return min(slots, key=lambda slot: (worth[slot].mean, slot))


def _is_apart(slot: int, others: set[int]) -> bool:
    return all(min(abs(slot - other), 168 - abs(slot - other)) >= APART_HOURS for other in others)


def _tried(posts: Posts, channel: int, slot: int) -> int:
    near = abs((posts.slot - slot + 84) % 168 - 84) <= 1
    return int(((posts.channel == channel) & near).sum())


def _certainty(posts: Posts, own: Posterior, channel: int, best: int, usual: Sequence[int]) -> str:
    """By the account's own figures alone: what is generally known of hours makes nobody sure. Nor do they
    where one of these hours always came with another habit, whose merit it could be."""
    of = slot_against(own, posts, channel, best, usual)
    if 1 - of.below(PRACTICAL) < LIKELY:
        return "worth_testing"
    hours = {str(slot % 24) for slot in (best, *usual)}
    pairs = together(posts.chosen(posts.channel == channel))
    entangled = any(pair.other.covers("hour", hour) for pair in pairs for hour in hours)
    return "worth_testing" if entangled else "likely"


def _promised(log_gain: float, kept: float) -> float:
    return math.expm1(min(log_gain * kept, MOST_FROM_TIMING))
