"""Making an experiment, freezing it, drawing and planning its pairs, ending it."""

import random
import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from tesselle.adapt.models import Experiment, Pair
from tesselle.compose.models import Post, Variant
from tesselle.domain.errors import RuleError
from tesselle.domain.formats import format_of
from tesselle.domain.messages import N_, Message
from tesselle.domain.slots import next_free
from tesselle.insights.experiment import Verdict
from tesselle.journal.services import record
from tesselle.ledger.models import Delivery
from tesselle.plan.models import PostingSlot
from tesselle.plan.services import Slot, plan_post
from tesselle.workspaces.models import User

LASTS = timedelta(weeks=26)
MOST_OPEN_PAIRS = 6
SOON = timedelta(minutes=30)
SEED_BITS = 48


@transaction.atomic
def make_experiment(experiment: Experiment, *, by: User) -> Experiment:
    """A draft: nothing is drawn or planned before it is begun."""
    experiment.seed = secrets.randbits(SEED_BITS)
    experiment.made_at, experiment.made_by = experiment.workspace.now(), by
    experiment.save()
    _tell("experiment.made", experiment, by)
    return experiment


@transaction.atomic
def begin(experiment: Experiment, *, by: User) -> None:
    """From now on the question stands as it is.

    Raises:
        RuleError: another one is under way on this channel.
    """
    locked = Experiment.objects.select_for_update(of=("self",)).get(pk=experiment.pk)
    if locked.state != Experiment.State.DRAFT:
        return
    now = experiment.workspace.now()
    locked.state, locked.started_at, locked.ends_by = Experiment.State.RUNNING, now, now + LASTS
    try:
        with transaction.atomic():
            locked.save()
    except IntegrityError as error:
        raise RuleError(Message(_ONE_A_CHANNEL)) from error
    _tell("experiment.begun", locked, by)


def heads(seed: int, purpose: str, number: int) -> bool:
    """The coin: the same seed gives the same tosses, on any machine."""
    return random.Random(f"{seed}:{purpose}:{number}").random() < 0.5  # noqa: S311 - it must repeat


@transaction.atomic
def draw(experiment: Experiment, first: Post, second: Post, *, by: User) -> Pair:
    """Two drafts become a pair, and the coin gives each its arm.

    Raises:
        RuleError: not under way, too many pairs wait, or a post that cannot be one of a pair.
    """
    locked = Experiment.objects.select_for_update(of=("self",)).get(pk=experiment.pk)
    if locked.state != Experiment.State.RUNNING:
        raise RuleError(Message(_NOT_RUNNING))
    waiting = locked.pairs.filter(void="", looked_at=None).count()
    if waiting >= MOST_OPEN_PAIRS:
        raise RuleError(Message(_TOO_MANY_OPEN, {"most": MOST_OPEN_PAIRS}))
    if first.pk == second.pk:
        raise RuleError(Message(_SAME_POST))
    for post in (first, second):
        _check(locked, post)
    number = locked.pairs.count() + 1
    pair = Pair.objects.create(
        experiment=locked,
        number=number,
        first=first,
        second=second,
        first_is_a=_toss(locked, first, second, number),
        drawn_at=locked.workspace.now(),
    )
    _tell("experiment.drawn", locked, by, number=number)
    return pair


def _toss(experiment: Experiment, first: Post, second: Post, number: int) -> bool:
    """The same two posts keep what the coin said of them once: it is not tossed until it pleases."""
    for known in experiment.pairs.filter(first__in=(first, second), second__in=(first, second)):
        return known.first_is_a if known.first_id == first.pk else not known.first_is_a
    return heads(experiment.seed, "arm", number)


def _check(experiment: Experiment, post: Post) -> None:
    if post.workspace_id != experiment.workspace_id or post.deleted_at is not None:
        raise RuleError(Message(_NO_POST))
    if post.deliveries.filter(channel=experiment.channel).exclude(state="cancelled").exists():
        raise RuleError(Message(_PLANNED_ALREADY, {"post": str(post)}))
    if experiment.pillar_id and post.pillar_id != experiment.pillar_id:
        raise RuleError(Message(_OTHER_PILLAR, {"post": str(post)}))
    taken = Pair.objects.filter(void="").filter(first=post) | Pair.objects.filter(void="").filter(second=post)
    if taken.exists():
        raise RuleError(Message(_IN_A_PAIR, {"post": str(post)}))


@transaction.atomic
def plan_pair(pair: Pair, *, by: User) -> list[Delivery]:
    """Both posts, by the ordinary planner, at what their arm asks for.

    Raises:
        RuleError: a post is not yet of its arm, there are no posting times, or the network would refuse.
    """
    pair = Pair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    experiment = pair.experiment
    if pair.is_planned or pair.void or experiment.state != Experiment.State.RUNNING:
        return []
    arms = (("a", pair.post_a), ("b", pair.post_b))
    for arm, post in arms:
        _check_arm(experiment, arm, post)
    times = _times(pair)
    made: dict[str, Delivery] = {}
    for arm, post in arms:
        slot = {experiment.channel_id: Slot(times[arm], experiment.workspace.zone)}
        made[arm] = plan_post(post=post, slots=slot, by=by)[0]
    pair.delivery_a, pair.delivery_b = made["a"], made["b"]
    pair.due_a, pair.due_b = made["a"].due_at, made["b"].due_at
    pair.save()
    _tell("experiment.planned", experiment, by, number=pair.number)
    return [made["a"], made["b"]]


def _check_arm(experiment: Experiment, arm: str, post: Post) -> None:
    variant = variant_on(experiment, post)
    if variant is None:
        raise RuleError(Message(_NOT_ON_CHANNEL, {"post": str(post)}))
    if not is_of_arm(experiment, arm, format_of(variant.content)):
        raise RuleError(Message(_NOT_OF_ARM, {"post": str(post), "arm": arm.upper()}))


def variant_on(experiment: Experiment, post: Post) -> Variant | None:
    if post.current is None:
        return None
    return post.current.variants.filter(channel=experiment.channel).select_related("channel").first()


def is_of_arm(experiment: Experiment, arm: str, format_name: str) -> bool:
    """Of a wording only people can tell."""
    if experiment.factor != Experiment.Factor.FORMAT:
        return True
    return format_name == (experiment.arm_a if arm == "a" else experiment.arm_b)


def _times(pair: Pair) -> dict[str, datetime]:
    """Local times: each arm's own slot, or the next two posting times, in an order the coin decides."""
    experiment, workspace = pair.experiment, pair.experiment.workspace
    soon = workspace.now() + SOON
    taken = list(
        Delivery.objects.filter(channel=experiment.channel, due_at__gte=workspace.now())
        .exclude(state__in=("cancelled", "removed", "refused", "missed"))
        .values_list("due_at", flat=True)
    )
    if experiment.factor == Experiment.Factor.SLOT:
        found = {arm: next_free([experiment.slot_of(arm)], workspace.zone, soon, taken) for arm in "ab"}
        return {arm: coming.local for arm, coming in found.items() if coming is not None}
    slots = [one.weekly for one in PostingSlot.objects.filter(channel=experiment.channel)]
    earlier = next_free(slots, workspace.zone, soon, taken)
    later = next_free(slots, workspace.zone, soon, [*taken, earlier.at]) if earlier is not None else None
    if earlier is None or later is None:
        raise RuleError(Message(_NO_SLOTS))
    a_first = heads(experiment.seed, "order", pair.number)
    return dict(zip("ab" if a_first else "ba", (earlier.local, later.local), strict=True))


@transaction.atomic
def give_up_pair(pair: Pair, *, by: User) -> None:
    """Only before it is planned: later nobody may say whether its figures were seen."""
    pair = Pair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    if pair.is_planned or pair.void:
        return
    pair.void, pair.voided_at = Pair.Void.GIVEN_UP, pair.experiment.workspace.now()
    pair.save(update_fields=["void", "voided_at"])
    _tell("experiment.given_up", pair.experiment, by, number=pair.number)


@transaction.atomic
def stop(experiment: Experiment, *, by: User) -> None:
    """By a person. A verdict that is not there yet is not made by stopping; a draft is simply removed."""
    locked = Experiment.objects.select_for_update(of=("self",)).get(pk=experiment.pk)
    if locked.state == Experiment.State.ENDED:
        return
    _tell("experiment.stopped", locked, by)
    if locked.state == Experiment.State.DRAFT:
        locked.delete()
        return
    locked.state, locked.ended_at = Experiment.State.ENDED, locked.workspace.now()
    locked.verdict = Verdict.UNDECIDED.value
    locked.save(update_fields=["state", "ended_at", "verdict"])


def _tell(verb: str, experiment: Experiment, by: User, **more: object) -> None:
    record(
        verb,
        workspace_id=experiment.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="channel",
        subject_id=experiment.channel_id,
        **more,
    )


_ONE_A_CHANNEL = N_(
    "Another experiment is under way on this channel. With two at once nothing could be put down to "
    "either: wait for its end, or stop it first."
)
_NOT_RUNNING = N_("This experiment is not under way. Nothing was drawn.")
_TOO_MANY_OPEN = N_("%(most)s pairs wait already. Wait until one of them has its figures.")
_SAME_POST = N_("A pair is of two different posts. Choose another one.")
_NO_POST = N_("This post is no longer there. Choose another one.")
_PLANNED_ALREADY = N_("“%(post)s” is planned on this channel already. Choose a draft.")
_OTHER_PILLAR = N_(
    "“%(post)s” has another pillar than this experiment compares. Choose one of the same pillar."
)
_IN_A_PAIR = N_("“%(post)s” is in a pair already. Choose another one.")
_NOT_ON_CHANNEL = N_("“%(post)s” is not written for this channel. Choose the channel in its composer first.")
_NOT_OF_ARM = N_("“%(post)s” does not have the format of arm %(arm)s yet. Change it, then plan the pair.")
_NO_SLOTS = N_("This channel has fewer than two free posting times. Set some under “Posting times” first.")
