"""A channel's rule, and what it makes of the answers: each variant's yes, the revision's, whose turn it is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.channels.services import change_settings
from tesselle.compose.models import Post, Revision, Variant
from tesselle.domain.approving import Demand, Progress, Voice, is_next, progress
from tesselle.domain.messages import N_
from tesselle.journal.services import record
from tesselle.ledger.models import Delivery, Purpose
from tesselle.ledger.services.actor import wake_workers
from tesselle.review.models import Answer, ApprovalStep, Asking, Wanted
from tesselle.review.selectors import TO_COME
from tesselle.review.signals import yes_wanted
from tesselle.web.kept_query import SOME_IDS, KeptQuery
from tesselle.workspaces.models import Member, User

MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Rule:
    """Channels that ask for the same yeses, with how far they are."""

    channels: tuple[Channel, ...]
    progress: Progress


def demands_of(channel_ids: Iterable[int]) -> Mapping[int, tuple[Demand, ...]]:
    """By channel id; a channel without a rule of its own is missing."""
    found: dict[int, tuple[Demand, ...]] = {}
    wanted = list(channel_ids)
    for step in _steps.records({SOME_IDS: wanted}) if wanted else ():
        found[step.channel_id] = (*found.get(step.channel_id, ()), step.demand)
    return found


_steps = KeptQuery(lambda: ApprovalStep.objects.filter(channel__any_of=SOME_IDS))


def voices_of(answers: Sequence[Answer]) -> list[Voice]:
    """The yeses that count, from the newest-first answers to one revision: those since the last “change
    this”, one for each person."""
    heard: dict[object, Voice] = {}
    for said in answers:
        if said.verdict == Answer.Verdict.CHANGE:
            break
        voice = Voice(said.by_id or 0, said.role, said.link_id or 0)
        heard.setdefault(("link", said.link_id) if said.link_id else ("person", said.by_id), voice)
    return list(reversed(heard.values()))


def grouped(
    channels: Sequence[Channel], asked: Mapping[int, tuple[Demand, ...]], voices: Sequence[Voice]
) -> list[Rule]:
    alike: dict[tuple[Demand, ...], list[Channel]] = {}
    for channel in channels:
        alike.setdefault(asked.get(channel.pk, ()), []).append(channel)
    return [Rule(tuple(those), progress(demands, voices)) for demands, those in alike.items()]


def fitting(post: Post, member: Member) -> bool:
    """Whether this member's yes (or “change this”) could count on some channel of the post as it stands."""
    voice = Voice(member.user_id, member.role)
    channels = Channel.objects.filter(
        pk__in=Variant.objects.filter(revision=post.current_id).values("channel")
    )
    asked = demands_of(channel.pk for channel in channels)
    return any(demand.fits(voice) for demands in asked.values() for demand in demands)


@transaction.atomic
def settle(revision: Revision) -> None:
    """Write down what the answers come to, channel by channel, and whose turn it is now."""
    answers = list(Answer.objects.filter(revision=revision).order_by("-pk"))
    voices = voices_of(answers)
    variants = list(revision.variants.select_related("channel"))
    asked = demands_of(variant.channel_id for variant in variants)
    now = timezone.now()
    done = {one.pk for one in variants if progress(asked.get(one.channel_id, ()), voices).is_done}
    revision.variants.filter(pk__in=done, approved_at=None).update(approved_at=now)
    revision.variants.exclude(pk__in=done).update(approved_at=None)
    waited_for = [one for one in variants if one.channel.needs_approval]
    is_yes = all(one.pk in done for one in waited_for) if waited_for else progress((), voices).is_done
    is_yes = is_yes and bool(voices)
    _keep_standing(revision, answers[0] if is_yes else None)
    rules = {asked.get(one.channel_id, ()) for one in waited_for if one.pk not in done}
    _keep_turn(revision, rules or {()}, answers, is_done=is_yes)
    if done:
        wake_workers()


def _keep_standing(revision: Revision, last: Answer | None) -> None:
    at = (revision.approved_at or timezone.now()) if last else None
    Revision.objects.filter(pk=revision.pk).update(approved_at=at, approved_by=last.by if last else None)


def _keep_turn(
    revision: Revision, asked: Collection[tuple[Demand, ...]], answers: Sequence[Answer], *, is_done: bool
) -> None:
    """Members whose yes is the next; told only when it newly is. Nobody is asked while a change is owed."""
    voices = voices_of(answers)
    owed = bool(answers) and answers[0].verdict == Answer.Verdict.CHANGE
    wanted: set[int] = set()
    if not owed and not is_done and Asking.objects.filter(revision=revision).exists():
        wanted = {
            member.user_id
            for member in Member.objects.filter(workspace=revision.post.workspace_id)
            if any(is_next(demands, voices, Voice(member.user_id, member.role)) for demands in asked)
        }
    known = set(Wanted.objects.filter(revision=revision).values_list("user_id", flat=True))
    Wanted.objects.filter(revision=revision).exclude(user__in=wanted).delete()
    Wanted.objects.bulk_create(
        (Wanted(revision=revision, user_id=user_id) for user_id in wanted - known), ignore_conflicts=True
    )
    if wanted - known:
        yes_wanted.send(sender=Post, revision=revision, user_ids=frozenset(wanted - known))


@transaction.atomic
def change_rule(channel: Channel, *, needs_approval: bool, demands: Sequence[Demand], by: User) -> None:
    """From now on; what is still to leave there is judged anew."""
    channel.approval_steps.all().delete()
    ApprovalStep.objects.bulk_create(
        ApprovalStep(
            channel=channel,
            position=position,
            who=demand.who,
            count=demand.count,
            person_id=demand.person_id or None,
        )
        for position, demand in enumerate(demands, start=1)
    )
    record(
        "review.rule_changed",
        workspace_id=channel.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="channel",
        subject_id=channel.pk,
        handle=channel.handle,
    )
    # Its signal has the revisions judged anew.
    change_settings(channel, fresh_minutes=channel.fresh_minutes, needs_approval=needs_approval, by=by)


def judge_anew(channel: Channel) -> list[Revision]:
    """What is planned on a channel whose rule or switch changed; returns what has no yes there."""
    ahead = Delivery.objects.filter(channel=channel, purpose=Purpose.POST, state__in=TO_COME)
    revisions = Revision.objects.filter(variants__in=ahead.values("variant")).distinct()
    shown = list(revisions.select_related("post__workspace"))
    for revision in shown:
        settle(revision)
    unapproved = Variant.objects.filter(revision__in=shown, channel=channel, approved_at=None)
    waiting = set(unapproved.values_list("revision_id", flat=True))
    return [revision for revision in shown if revision.pk in waiting]


NOBODY_COULD = N_("Nobody here could say all of this: there are too few people with such a role.")
