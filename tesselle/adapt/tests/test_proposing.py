"""What a run suggests, and how decisions are judged on what was posted since."""

import random
from datetime import time, timedelta
from typing import Any

import numpy as np
import pytest

from tesselle.adapt.judging import judge_due
from tesselle.adapt.models import Decision, Suggestion
from tesselle.adapt.proposing import _certainty, propose
from tesselle.adapt.services import accept
from tesselle.adapt.tests.factories import make_run, make_slot_suggestion
from tesselle.domain.content import Content
from tesselle.insights.fading import KEPT
from tesselle.insights.fit import fit
from tesselle.insights.moves import Move
from tesselle.insights.posts import Factor, Posts
from tesselle.insights.slots import slot_against
from tesselle.learn.rows import EPOCH
from tesselle.learn.running import Learned, finish, perform
from tesselle.learn.services import ask, take
from tesselle.learn.tests.factories import films_do_better, flat, make_world
from tesselle.plan.models import PostingSlot
from tesselle.workspaces.models import User, Workspace

pytestmark = pytest.mark.django_db


def learned(workspace: Workspace, by: User) -> Learned:
    ask(workspace, by=by)
    run = take()
    assert run is not None
    learned = perform(run)
    finish(learned.run)
    return learned


def decided(suggestion: Suggestion, by: User, days_ago: int) -> Decision:
    """As if it had been accepted then, and its date were today."""
    decision = accept(suggestion, by=by)
    now = suggestion.workspace.now()
    Decision.objects.filter(pk=decision.pk).update(
        decided_at=now - timedelta(days=days_ago), review_on=now.date() - timedelta(days=1)
    )
    return decision


def two_parts_of_the_day(mornings: str) -> Posts:
    """A hundred posts, every second one in the evening; with `text` nearly all films went out then."""
    chance = random.Random(4)
    evening = np.arange(100) % 2 == 1
    number = np.arange(100)
    film = evening ^ (number % 14 == 0) if mornings == "text" else number % 4 >= 2
    zeros = Factor(np.zeros(100, dtype=np.int64), ("",))
    return Posts(
        counts=np.array([chance.gauss(60 if late else 20, 3) // 1 for late in evening], dtype=float),
        exposure=np.zeros(100),
        channel=zeros.index,
        channels=("1",),
        networks=("facebook",),
        slot=np.array([(day % 7) * 24 + (18 if late else 8) for day, late in enumerate(evening)]),
        day=np.arange(100, dtype=np.float64),
        format=Factor(film.astype(np.int64), ("text", "film")),
        pillar=zeros,
        length=zeros,
        hashtags=zeros,
        cadence=zeros,
        flags={},
    )


def of_days(channel: str, days: Any, slots: Any, middles: Any) -> Posts:
    """A post a day, each at its hour of the week, with about so many interactions."""
    chance = random.Random(7)
    zeros = Factor(np.zeros(len(days), dtype=np.int64), ("",))
    return Posts(
        counts=np.array([chance.gauss(one, 3) // 1 for one in middles], dtype=float),
        exposure=np.zeros(len(days)),
        channel=zeros.index,
        channels=(channel,),
        networks=("facebook",),
        slot=slots,
        day=days.astype(np.float64),
        format=zeros,
        pillar=zeros,
        length=zeros,
        hashtags=zeros,
        cadence=zeros,
        flags={},
    )


def test_a_finding_becomes_a_suggestion_that_promises_less_than_was_seen(workspace: Workspace, alice: User):
    make_world(workspace, films_do_better)

    propose(learned(workspace, alice))

    habit = Suggestion.objects.get(kind="habit", finding__level="film")
    assert 0 < habit.gain < habit.finding.middle
    assert KEPT["format"] < 1


def test_where_nothing_matters_no_habit_is_suggested(workspace: Workspace, alice: User):
    make_world(workspace, flat, seed=11)

    propose(learned(workspace, alice))

    assert not Suggestion.objects.filter(kind="habit").exists()


def test_a_suggested_hour_keeps_its_distance_from_the_other_posting_times(workspace: Workspace, alice: User):
    channel = make_world(workspace, flat, seed=5)
    for weekday, hour in ((0, 3), (2, 12), (4, 17)):
        PostingSlot.objects.create(channel=channel, weekday=weekday, at=time(hour))

    propose(learned(workspace, alice))

    for one in Suggestion.objects.filter(kind="slot"):
        kept = [
            slot.weekday * 24 + slot.at.hour
            for slot in PostingSlot.objects.filter(channel=channel)
            if slot.weekly != one.dropped
        ]
        added = one.added.weekday * 24 + one.added.at.hour
        assert all(min(abs(added - slot), 168 - abs(added - slot)) >= 4 for slot in kept)
        assert one.certainty != "clear"


def test_a_later_run_replaces_what_is_open_and_leaves_what_was_decided(workspace: Workspace, alice: User):
    make_world(workspace, films_do_better)
    propose(learned(workspace, alice))
    habit = Suggestion.objects.get(kind="habit", finding__level="film")
    accept(habit, by=alice)

    propose(learned(workspace, alice))

    habit.refresh_from_db()
    assert habit.state == "accepted"
    assert not Suggestion.objects.filter(kind="habit", state="open", finding__level="film").exists()


def test_a_decision_that_came_true_is_held(workspace: Workspace, alice: User):
    make_world(workspace, films_do_better)
    found = learned(workspace, alice)
    propose(found)
    decision = decided(Suggestion.objects.get(kind="habit", finding__level="film"), alice, days_ago=100)

    judge_due(found)

    decision.refresh_from_db()
    assert decision.verdict == "held"
    seen = (decision.seen_low, decision.seen_gain, decision.seen_high)
    assert seen == tuple(sorted(seen, key=lambda value: value or 0.0))
    assert seen[1] is not None


def test_a_decision_that_turned_out_otherwise_is_not_held(workspace: Workspace, alice: User):
    def films_do_worse(content: Content, _chance: random.Random) -> float:
        return 10.0 if content.media[0].kind == "video" else 90.0

    make_world(workspace, films_do_worse)
    found = learned(workspace, alice)
    propose(found)
    film = found.run.findings.get(factor="format", level="film")
    suggestion = Suggestion.objects.create(
        workspace=workspace, run=found.run, kind="habit", finding=film, certainty="likely",
        probability=0.9, low=0, gain=0.2, high=0.4, posts=80,
    )  # fmt: skip
    decision = decided(suggestion, alice, days_ago=100)

    judge_due(found)

    decision.refresh_from_db()
    assert decision.verdict == "not_held"


def test_with_too_few_posts_since_it_says_so(workspace: Workspace, alice: User):
    make_world(workspace, films_do_better)
    found = learned(workspace, alice)
    propose(found)
    decision = decided(Suggestion.objects.get(kind="habit", finding__level="film"), alice, days_ago=3)

    judge_due(found)

    decision.refresh_from_db()
    assert (decision.verdict, decision.seen_gain) == ("cannot_tell", None)


def test_the_bad_luck_that_an_hour_was_dropped_for_proves_nothing_of_the_new_one(
    workspace: Workspace, alice: User
):
    channel = make_world(workspace, flat)
    decision = decided(make_slot_suggestion(channel), alice, days_ago=100)
    today = (workspace.now().astimezone(workspace.tz).replace(tzinfo=None) - EPOCH) // timedelta(days=1)
    days = np.concatenate([np.arange(today - 220, today - 110), np.arange(today - 95, today)])
    tuesday, thursday, saturday = 24 + 9, 3 * 24 + 18, 5 * 24 + 11
    changed = np.where(days < today - 100, tuesday, thursday)
    slots = np.where(days % 2 == 0, changed, saturday)
    posts = of_days(str(channel.pk), days, slots, np.where(slots == tuesday, 20.0, 60.0))

    judge_due(Learned(make_run(workspace), (), posts))

    decision.refresh_from_db()
    assert decision.verdict == "cannot_tell"
    assert decision.seen_posts == (slots == thursday).sum()


def test_before_its_date_nothing_is_judged(workspace: Workspace, alice: User):
    make_world(workspace, films_do_better)
    found = learned(workspace, alice)
    propose(found)
    accept(Suggestion.objects.get(kind="habit", finding__level="film"), by=alice)

    assert judge_due(found) == 0


def test_an_undone_decision_is_not_judged(workspace: Workspace, alice: User):
    make_world(workspace, films_do_better)
    found = learned(workspace, alice)
    propose(found)
    decision = decided(Suggestion.objects.get(kind="habit", finding__level="film"), alice, days_ago=100)
    Decision.objects.filter(pk=decision.pk).update(undone_at=workspace.now())

    assert judge_due(found) == 0


@pytest.mark.parametrize("seed", [21, 22])
def test_an_hour_is_never_promised_more_than_the_field_ever_saw(workspace: Workspace, alice: User, seed: int):
    make_world(workspace, flat, seed=seed)

    propose(learned(workspace, alice))

    for one in Suggestion.objects.filter(kind="slot"):
        assert one.low <= one.gain <= one.high <= 0.3 + 1e-9
        assert one.certainty == "worth_testing"  # nothing matters here: only general knowledge speaks


@pytest.mark.parametrize(("mornings", "certainty"), [("text", "worth_testing"), ("both", "likely")])
def test_an_hour_that_always_came_with_another_habit_makes_nobody_sure(mornings: str, certainty: str):
    """Evenings did three times as well; where nearly all films went out then, it could be the films."""
    posts = two_parts_of_the_day(mornings)
    own = fit(posts, use_curve=False)

    move = Move(18, 8, (8,), slot_against(own, posts, 0, 18, [8]))
    assert _certainty(posts, own, 0, move) == certainty
