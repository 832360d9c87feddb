"""Outlooks of objectives: worked out by a run, told on the page of the strategy and in what needs you."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tesselle.learn.goal_pages import shown_outlook
from tesselle.learn.goals import foretell
from tesselle.learn.models import GoalOutlook, Run
from tesselle.learn.services import ask_where_goals_wait
from tesselle.measure.models import BusinessResult
from tesselle.strategy.models import Objective
from tesselle.workspaces.models import User, Workspace

State = GoalOutlook.State


@pytest.fixture
def today(workspace: Workspace) -> date:
    return workspace.now().astimezone(workspace.tz).date()


def quotes(workspace: Workspace, today: date, weeks: int, each: int = 2) -> None:
    monday = today - timedelta(days=today.weekday())
    BusinessResult.objects.bulk_create(
        BusinessResult(workspace=workspace, kind="quote", day=monday - timedelta(weeks=n), count=each + n % 2)
        for n in range(1, weeks + 1)
    )


def objective(
    workspace: Workspace, today: date, target: float, weeks: int = 4, sentence: str = "Plus de devis"
) -> Objective:
    return Objective.objects.create(
        workspace=workspace,
        sentence=sentence,
        indicator="quote",
        baseline=8,
        target=target,
        due_on=today + timedelta(weeks=weeks),
        created_at=workspace.now() - timedelta(weeks=6),
    )


def run(workspace: Workspace) -> None:
    foretell(Run.objects.create(workspace=workspace, state=Run.State.DONE, instant=workspace.now()))


def test_an_easy_goal_is_on_the_way_and_a_bold_one_badly_begun(workspace: Workspace, today: date):
    quotes(workspace, today, 20)
    easy, bold = objective(workspace, today, 4), objective(workspace, today, 40, sentence="Bien plus")

    run(workspace)

    assert easy.outlook.state == State.GOOD_WAY
    assert bold.outlook.state == State.BADLY_BEGUN and (bold.outlook.lacking_a_week or 0) > 0
    assert bold.outlook.expected is not None  # before and after never stand alone


def test_too_short_a_history_says_from_when_it_can_be_told(workspace: Workspace, today: date):
    quotes(workspace, today, 8)
    far = objective(workspace, today, 10, weeks=20)

    run(workspace)

    assert far.outlook.state == State.TOO_EARLY
    tells_from = far.outlook.tells_from
    assert far.due_on is not None and tells_from is not None and today < tells_from < far.due_on


def test_a_goal_whose_day_has_come_is_reached_or_not(workspace: Workspace, today: date):
    quotes(workspace, today, 10)
    past = objective(workspace, today, 9, weeks=-1)

    run(workspace)

    assert past.outlook.state == State.REACHED


def test_what_is_badly_begun_needs_somebody_until_they_say_that_they_know(
    as_alice: Client, workspace: Workspace, today: date
):
    quotes(workspace, today, 20)
    bold = objective(workspace, today, 40)
    run(workspace)

    told = as_alice.get("/").content.decode()
    page = as_alice.get(reverse("learn:goal", args=[bold.pk])).content.decode()
    strategy = as_alice.get(reverse("strategy:strategy")).content.decode()
    as_alice.post(reverse("learn:goal_seen", args=[bold.pk]))
    run(workspace)

    assert f"need-goal-{bold.pk}" in told and "goal.vl.json" in page
    assert reverse("learn:goal", args=[bold.pk]) in strategy
    assert f"need-goal-{bold.pk}" not in as_alice.get("/").content.decode()


def test_a_new_objective_that_has_all_it_needs_is_not_told_what_one_needs(
    as_alice: Client, workspace: Workspace, today: date
):
    fresh = Objective.objects.create(workspace=workspace, sentence="Doubler")
    needs = "Il faut à un objectif"
    assert needs in as_alice.get(reverse("learn:goal", args=[fresh.pk])).content.decode()

    fresh.indicator, fresh.target, fresh.due_on = "followers", 900.0, today + timedelta(days=60)
    fresh.save()
    page = as_alice.get(reverse("learn:goal", args=[fresh.pk])).content.decode()

    assert needs not in page and "Voir les constats" in page


def test_a_stranger_finds_no_goal(client: Client, workspace: Workspace, mallory: User, today: date):
    own = objective(workspace, today, 40)
    client.force_login(mallory)
    assert client.get(reverse("learn:goal", args=[own.pk])).status_code == 404
    assert client.post(reverse("learn:goal_seen", args=[own.pk])).status_code == 404


def test_a_run_is_asked_for_where_an_outlook_is_missing_or_old(workspace: Workspace, today: date):
    own = objective(workspace, today, 40)
    assert ask_where_goals_wait() == 1 and ask_where_goals_wait() == 0
    Run.objects.all().delete()
    run(workspace)

    assert ask_where_goals_wait() == 0
    GoalOutlook.objects.filter(objective=own).update(made_on=today - timedelta(days=9))
    assert ask_where_goals_wait() == 1


def test_a_figure_outside_of_what_was_to_be_expected_is_told_with_how_often_chance_does_that(
    workspace: Workspace, today: date
):
    quotes(workspace, today, 20)
    wanted = objective(workspace, today, 10)
    run(workspace)
    GoalOutlook.objects.update(now=14.0, expected_low=6.0, expected=8.0, expected_high=10.0)

    with override("en"):
        found = shown_outlook(wanted)

    assert found is not None
    assert "14 is outside of that. Chance alone does so about one time in five." in " ".join(found.lines)
