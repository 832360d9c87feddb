"""Suggestions out of a run. Imports NumPy and SciPy: for the command `tesselle learn` only."""

import math
from collections.abc import Iterator, Sequence
from datetime import time

from django.db import transaction

from tesselle.adapt.mixing import may_change
from tesselle.adapt.models import Decision, Suggestion
from tesselle.insights.effects import PRACTICAL
from tesselle.insights.evidence import CLEAR
from tesselle.insights.moves import Move, best_move
from tesselle.insights.posterior import Posterior
from tesselle.insights.posts import Posts
from tesselle.insights.slots import slot_against
from tesselle.insights.summary import Fits, fits_of
from tesselle.insights.together import together
from tesselle.learn.carrying import all_kept, kept_of
from tesselle.learn.models import Finding
from tesselle.learn.running import Learned
from tesselle.plan.models import PostingSlot

HABITS = frozenset({"format", "pillar", "length", "hashtags", "link", "question", "cadence"})
MOST_OPEN_PER_CHANNEL = 2
"""Changes under way on one channel: with more, nothing could be put down to any of them."""

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
    numbers = {slot.weekday * 24 + slot.at.hour: slot for slot in weekly}
    move = best_move(fits.informed, posts, channel, sorted(numbers))
    kept = kept_of(learned.run.workspace, "hour")
    if move is None or not move.is_worth(kept):
        return None
    dropped = numbers[move.drop] if move.drop is not None else None
    return Suggestion(
        workspace=learned.run.workspace,
        run=learned.run,
        kind=Suggestion.Kind.SLOT,
        channel_id=int(posts.channels[channel]),
        add_weekday=move.add // 24,
        add_at=time(move.add % 24),
        drop_weekday=dropped.weekday if dropped else None,
        drop_at=dropped.at if dropped else None,
        certainty=_certainty(posts, fits.own, channel, move),
        probability=move.probability,
        low=_promised(move.of.quantile(0.1), kept),
        gain=_promised(move.of.mean, kept),
        high=_promised(move.of.quantile(0.9), kept),
        posts=int((posts.channel == channel).sum()),
        tried=_tried(posts, channel, move.add),
        past=move.of.mean,
    )


def _tried(posts: Posts, channel: int, slot: int) -> int:
    near = abs((posts.slot - slot + 84) % 168 - 84) <= 1
    return int(((posts.channel == channel) & near).sum())


def _certainty(posts: Posts, own: Posterior, channel: int, move: Move) -> str:
    """By the account's own figures alone: what is generally known of hours makes nobody sure. They must be clear, as
    of every hour, since this is the best of many. Nor do they make sure where one of these hours always came with
    another habit, whose merit it could be."""
    of = slot_against(own, posts, channel, move.add, move.usual)
    if 1 - of.below(PRACTICAL) < CLEAR:
        return "worth_testing"
    hours = {str(slot % 24) for slot in (move.add, *move.usual)}
    pairs = together(posts.chosen(posts.channel == channel))
    entangled = any(pair.other.covers("hour", hour) for pair in pairs for hour in hours)
    return "worth_testing" if entangled else "likely"


def _promised(log_gain: float, kept: float) -> float:
    return math.expm1(min(log_gain * kept, MOST_FROM_TIMING))
