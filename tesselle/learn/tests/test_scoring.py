"""The score: written down beforehand, judged afterwards, told as it is."""

from datetime import timedelta

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tesselle.insights import anomalies, prediction
from tesselle.insights.summary import fits_of
from tesselle.learn import carrying, unusual
from tesselle.learn.models import Calibration, CarryOver, Finding, Prediction, Run
from tesselle.learn.rows import planned_of
from tesselle.learn.running import Learned, finish, perform
from tesselle.learn.score_pages import score_page
from tesselle.learn.scoring import judge_findings, judge_weeks, keep_score, predict_posts, predict_weeks
from tesselle.learn.services import ask
from tesselle.learn.tests.factories import films_do_better, flat, make_world
from tesselle.measure.models import Mark
from tesselle.workspaces.models import User, Workspace

Kind = Prediction.Kind


def again(workspace: Workspace, by: User) -> Learned:
    learned = perform(ask(workspace, by=by))
    finish(learned.run)
    return learned


@pytest.fixture
def learned(workspace: Workspace, alice: User) -> Learned:
    """A run that knows the older posts only, and one that knows twenty more."""
    make_world(workspace, flat, 80)
    newest = Mark.objects.order_by("-published_at")[:20]
    for mark in newest:
        Mark.objects.filter(pk=mark.pk).update(read_at=workspace.now() + timedelta(days=30))
    again(workspace, alice)
    Mark.objects.filter(pk__in=[mark.pk for mark in newest]).update(
        read_at=workspace.now() + timedelta(seconds=5)
    )
    return again(workspace, alice)


def test_posts_are_judged_by_what_the_run_before_could_expect_and_move_the_multiplier(learned: Learned):
    count = predict_posts(learned.run, learned.rows)

    held = Prediction.objects.filter(kind=Kind.POST, held=True).count()
    assert count == 20 and 10 <= held <= 20
    row = Calibration.objects.get(kind=Kind.POST)
    assert row.outcomes == 20 and row.multiplier != 1.0
    assert predict_posts(learned.run, learned.rows) == 0  # once, and never again


def test_a_post_is_judged_by_the_same_numbers_as_its_forecast_and_its_rank(learned: Learned):
    assert learned.posts is not None and learned.fits is not None
    posts, posterior = learned.posts, learned.fits.informed
    for number in range(0, len(posts), 7):
        plan = planned_of(posts, posts, number)
        assert plan is not None
        for count in (0.0, float(posts.counts[number])):
            told = prediction.judged(posterior, posts, plan, count, 1.3)
            assert told.expected == prediction.expected(posterior, posts, plan, 1.3)
            assert (told.less, told.at_most) == prediction.rank(posterior, posts, plan, count, 1.3)


def test_the_fits_of_a_run_are_those_that_anybody_would_make(learned: Learned):
    assert learned.posts is not None and learned.fits is not None

    again = fits_of(learned.posts.chosen(np.arange(len(learned.posts))[::-1]))

    for mine, other in ((learned.fits.own, again.own), (learned.fits.informed, again.informed)):
        assert np.array_equal(mine.components[3].mean, other.components[3].mean)
        assert np.array_equal(mine.components[3].covariance, other.components[3].covariance)


def test_a_post_out_of_the_ordinary_is_told_on_the_figures_page_with_its_chance(
    as_alice: Client, learned: Learned, workspace: Workspace
):
    newest = Mark.objects.order_by("-published_at").first()
    assert newest is not None
    Mark.objects.filter(pk=newest.pk).update(interactions=50_000)
    rows = [
        type(row)(
            **{**{name: getattr(row, name) for name in row.__dataclass_fields__}, "interactions": 50_000}
        )
        if row.delivery_id == newest.series.delivery_id
        else row
        for row in learned.rows
    ]

    predict_posts(learned.run, rows)

    page = as_alice.get(reverse("measure:overview")).content.decode()
    assert "1 post in 100" in page or "publication sur 100" in page


def test_a_whole_channel_at_zero_is_missing_figures_and_no_fall(learned: Learned):
    fresh = {mark.series.delivery_id for mark in Mark.objects.order_by("-published_at")[:20]}
    rows = [
        type(row)(**{**{name: getattr(row, name) for name in row.__dataclass_fields__}, "interactions": 0})
        if row.delivery_id in fresh
        else row
        for row in learned.rows
    ]

    assert predict_posts(learned.run, rows) == 0


def test_weeks_are_written_down_and_judged_when_they_are_over(workspace: Workspace, alice: User):
    make_world(workspace, flat, 80)
    learned = again(workspace, alice)
    predict_weeks(learned.run)
    one = Prediction.objects.filter(kind=Kind.WEEK).order_by("due_on").first()
    assert one is not None and one.held is None

    weeks = Prediction.objects.filter(pk=one.pk)
    told = workspace.now().date() - timedelta(days=workspace.now().weekday() + 28)
    weeks.update(key=f"interactions {told.isoformat()} 1", due_on=told + timedelta(days=7), low=-1, high=1e9)
    judge_weeks(learned.run)

    one.refresh_from_db()
    assert one.held is True and one.outcome is not None


def test_a_finding_that_comes_true_again_has_held(as_alice: Client, workspace: Workspace, alice: User):
    make_world(workspace, films_do_better, 80)
    learned = again(workspace, alice)
    finding = Finding.objects.filter(run=learned.run, is_idea=False, level="film").first()
    assert finding is not None
    long_ago = workspace.now() - timedelta(days=200)
    Prediction.objects.create(
        workspace=workspace, kind=Kind.FINDING, key="x", finding=finding, made_at=long_ago,
        due_on=long_ago.date(), low=0.1, middle=0.5, high=0.9,
    )  # fmt: skip

    judge_findings(learned.run, learned.rows)

    assert Prediction.objects.get(key="x").held is True
    page = as_alice.get(reverse("learn:score")).content.decode()
    assert "badge--good" in page


def test_the_score_claims_no_more_than_was_looked_at(workspace: Workspace, alice: User):
    """A finding of nothing goes in the same direction every second time, and no gain at all is within most promises."""
    make_world(workspace, films_do_better, 80)
    finding = Finding.objects.filter(run=again(workspace, alice).run, is_idea=False).first()
    said = {
        "made_at": workspace.now(),
        "due_on": workspace.now().date(),
        "judged_at": workspace.now(),
        "held": True,
    }
    Prediction.objects.create(
        workspace=workspace, kind=Kind.FINDING, key="f", finding=finding, low=0.2, middle=0.4, high=0.6, outcome=0.01,
        **said,
    )  # fmt: skip
    Prediction.objects.create(
        workspace=workspace, kind=Kind.PROMISE, key="p", low=-0.02, middle=0.15, high=0.3, outcome=0.0, **said
    )

    with override("en"):
        page = score_page(workspace)

    assert (page.findings[0].word, page.promises[0].word) == ("Same direction", "Within the range")
    assert "Chance alone would do that for about half" in page.findings_held
    assert page.promises[0].tone == "quiet"


def test_every_run_writes_down_its_findings_once(workspace: Workspace, alice: User):
    make_world(workspace, films_do_better, 80)
    for _run in range(2):
        learned = again(workspace, alice)
        keep_score(learned.run, learned.rows)

    keys = Prediction.objects.filter(kind=Kind.FINDING, finding__level="film")
    assert keys.count() == 1


def test_carrying_over_learns_more_from_surer_outcomes():
    sure = carrying.Realised(past=0.5, seen=0.1, low=0.05, high=0.15)
    unsure = carrying.Realised(past=0.5, seen=0.1, low=-0.6, high=0.8)

    far, near = (carrying.updated(0.85, 0.09, one)[0] for one in (sure, unsure))

    assert 0.2 < far < 0.4 < near < 0.85


def test_what_is_carried_over_is_kept_for_the_workspace(workspace: Workspace):
    assert carrying.kept_of(workspace, "format") == 0.85
    carrying.learn_realised(workspace, "format", carrying.Realised(0.5, 0.1, 0.0, 0.2))

    assert CarryOver.objects.get().outcomes == 1
    assert carrying.kept_of(workspace, "format") < 0.85


def test_pages_and_statistics_mean_the_same_by_rare():
    assert unusual.RARE == anomalies.RARE


def test_an_empty_score_says_when_something_can_be_checked(as_alice: Client, workspace: Workspace):
    Run.objects.create(workspace=workspace, state="done", instant=workspace.now())
    assert as_alice.get(reverse("learn:score")).status_code == 200


def test_no_day_that_is_past_is_promised_for_a_check(as_alice: Client, workspace: Workspace):
    """A week's posts are a week old before it is known: its last day may be over, and its figures still to come."""
    Run.objects.create(workspace=workspace, state="done", instant=workspace.now())
    told = {
        "workspace": workspace,
        "kind": Kind.WEEK,
        "made_at": workspace.now(),
        "low": 1,
        "middle": 2,
        "high": 3,
    }
    Prediction.objects.create(key="a", due_on=workspace.today() + timedelta(days=9), **told)
    assert score_page(workspace).next_day

    Prediction.objects.create(key="b", due_on=workspace.today() - timedelta(days=3), **told)

    assert score_page(workspace).next_day == ""
    assert "dès que tous ses chiffres" in as_alice.get(reverse("learn:score")).content.decode()
