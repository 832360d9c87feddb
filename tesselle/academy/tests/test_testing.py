"""The guided project: a step is done when the product says so, in its order, and what was found is reported."""

import json
from datetime import timedelta
from pathlib import Path as File

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import translation

from tesselle.academy.catalogue.project import steps
from tesselle.academy.models import GuidedProject, Path, ProjectStep, StepKey, TimeEntry
from tesselle.academy.report.testing import testing_draft as draft_of
from tesselle.academy.report.work import work_of
from tesselle.academy.testing.looking import Found, half_of, look_at
from tesselle.academy.testing.objective import held_against, told_against
from tesselle.academy.tests.playing import PAGE, WHY, asked, begin, is_done, planned, right
from tesselle.compose.services import save_post
from tesselle.domain.content import Content
from tesselle.domain.messages import Message
from tesselle.journal.models import Entry
from tesselle.measure.models import BusinessResult, ChannelDay, Series
from tesselle.ops.backups.moving import _lines
from tesselle.sandbox.clock import services as clock
from tesselle.sandbox.models import ScenarioRun
from tesselle.sandbox.scenarios.catalogue import SCENARIOS
from tesselle.sandbox.tests.living import carried
from tesselle.strategy.models import Objective
from tesselle.workspaces.models import Member, Role, User, Workspace

pytestmark = pytest.mark.django_db(transaction=True)


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


def note_result(workspace: Workspace, count: int) -> None:
    BusinessResult.objects.create(
        workspace=workspace, day=workspace.today(), kind=BusinessResult.Kind.QUOTE, count=count
    )


def moved(project: GuidedProject, by: User, folder: File, **ahead: float) -> None:
    assert project.workspace is not None
    until = project.workspace.now() + timedelta(**ahead)
    carried(clock.go_until(workspace=project.workspace, until=until, by=by), folder)
    project.workspace.refresh_from_db()


@pytest.mark.thorough
def test_a_strategy_is_tested_from_its_aim_to_its_debrief(
    as_alice: Client, path: Path, project: GuidedProject, alice: User, tmp_path: File
):
    assert project.workspace is not None
    begin(as_alice, StepKey.AIM, is_timed="on")
    assert not is_done(as_alice, StepKey.AIM, words="Les demandes d’offre.")
    aim = Objective.objects.create(
        workspace=project.workspace,
        sentence="Trois demandes d’offre en deux semaines",
        indicator="quote",
        target=6,
    )
    note_result(project.workspace, 2)
    assert not is_done(as_alice, StepKey.AIM, words="")
    assert is_done(as_alice, StepKey.AIM, words="Les demandes d’offre.")
    noted = TimeEntry.objects.get()
    assert (noted.minutes, noted.phase, noted.by_stopwatch) == (1, path.phases.last(), True)

    begin(as_alice, StepKey.PLAN)
    planned(project, alice, [1])
    assert not is_done(as_alice, StepKey.PLAN)
    planned(project, alice, [2, 3])
    assert is_done(as_alice, StepKey.PLAN)

    begin(as_alice, StepKey.RUN)
    assert not is_done(as_alice, StepKey.RUN)
    moved(project, alice, tmp_path, days=6)
    assert is_done(as_alice, StepKey.RUN)

    begin(as_alice, StepKey.READ)
    posts, question = asked(project)
    assert not is_done(as_alice, StepKey.READ, **right(question, number=str(question.number + 1)))
    assert asked(project)[1].key != question.key
    assert is_done(as_alice, StepKey.READ, **right(asked(project)[1]))

    begin(as_alice, StepKey.ADAPT)
    assert not is_done(as_alice, StepKey.ADAPT, words="Plus de chantiers.")
    planned(project, alice, [1, 3])
    assert is_done(as_alice, StepKey.ADAPT, words="Plus de chantiers.")

    begin(as_alice, StepKey.DEBRIEF)
    assert not is_done(as_alice, StepKey.DEBRIEF, words="Commencer plus tôt.")
    moved(project, alice, tmp_path, days=9)
    assert is_done(as_alice, StepKey.DEBRIEF, words="Commencer plus tôt.")

    told = " ".join(one.text for one in draft_of(path).sentences)
    for words in (
        "Trois demandes",
        WHY,
        max(posts, key=lambda one: one.interactions).name,
        "après 1 essai faux",
        "Plus de chantiers.",
        "Commencer plus tôt.",
        "Demandes de devis : demandé, 3 ; atteint, 2. L’objectif n’est pas atteint.",
        "L’objectif dit 6 en quatre semaines ; le scénario en comptait 2",
    ):
        assert plain(words) in plain(told), words
    assert ProjectStep.objects.get(key=StepKey.AIM).found["key"] == aim.pk
    assert Entry.objects.filter(verb="path.step_done").count() == 6
    report = as_alice.get("/path/report/").content.decode()
    assert "Plus de chantiers." in report
    # What was found outlives the workspace it was found in.
    project.workspace.delete()
    assert "Commencer plus tôt." in " ".join(one.text for one in draft_of(path).sentences)


def published(project: GuidedProject, by: User, figures: list[dict[str, int]], ahead: timedelta) -> None:
    """Deliveries of the scenario that are told with these figures, so long after its beginning."""
    run = ScenarioRun.objects.get()
    for delivery, latest in zip(planned(project, by, [1, 2, 3]), figures, strict=False):
        Series.objects.create(
            channel=delivery.channel,
            delivery=delivery,
            published_at=run.begins_at + ahead,
            latest=latest,
            followers=100,
        )


def shown(total: int) -> dict[str, int]:
    return {"reactions": total, "comments": 0, "shares": 0, "saves": 0}


@pytest.mark.parametrize(
    ("figure", "target", "is_reached", "sentence"),
    [
        # A level is asked for as it is; a sum of four weeks in proportion to the scenario's two.
        ("interactions", 60, True, "demandé, 30 ; atteint, 30."),
        ("interactions", 62, False, "demandé, 31 ; atteint, 30."),
        ("rate_by_followers", 0.151, False, "demandé, 15,1 % ; atteint, 15,0 %."),
        ("followers", 250, True, "demandé, 250 ; atteint, 260."),
        ("followers", None, None, "Personnes abonnées : 260. Il ne nomme aucune valeur à atteindre."),
        ("", 10, None, "Il n’a pas de chiffre"),
        ("clicks", 5, None, "Aucun chiffre n’en a été donné"),
    ],
)
def test_the_own_objective_is_held_against_its_figure(
    project: GuidedProject, alice: User, figure: str, target: float, is_reached: bool | None, sentence: str
):
    run = ScenarioRun.objects.get()
    published(project, alice, [shown(10), shown(20)], timedelta(days=1))
    published(project, alice, [shown(500)], -timedelta(days=1))  # before the scenario began
    channel = run.workspace.channels.first()
    assert channel is not None
    for days, count in ((0, 240), (10, 260), (30, 900)):
        day = (run.begins_at + timedelta(days=days)).astimezone(run.workspace.tz).date()
        ChannelDay.objects.update_or_create(channel=channel, day=day, defaults={"followers": count})
    objective = Objective(workspace=run.workspace, sentence="Être vus", indicator=figure, target=target)

    found = json.loads(json.dumps(held_against(objective, run)))
    with translation.override("fr"):
        told = plain(" ".join(told_against(found)))

    assert "« Être vus »" in told
    assert sentence in told
    assert ("L’objectif est atteint." in told) == (is_reached is True)
    assert ("L’objectif n’est pas atteint." in told) == (is_reached is False)


def test_an_objective_that_was_set_aside_is_said_not_compared(
    as_alice: Client, project: GuidedProject, alice: User, tmp_path: File
):
    assert project.workspace is not None
    begin(as_alice, StepKey.AIM)
    Objective.objects.create(workspace=project.workspace, sentence="Être vus")
    assert is_done(as_alice, StepKey.AIM, words="Les vues.")
    Objective.objects.update(retired_at=project.workspace.now())
    Objective.objects.create(workspace=project.workspace, sentence="Un autre")
    moved(project, alice, tmp_path, days=15)
    step = ProjectStep.objects.create(project=project, key=StepKey.DEBRIEF)

    found = look_at(step)

    assert isinstance(found, Found)
    assert found.values["own"] is None


def test_drafts_that_lay_ready_are_not_told_as_written(path: Path, project: GuidedProject, alice: User):
    changed = planned(project, alice, [1, 2])[0].post
    assert changed is not None
    assert (work_of(path).posts, work_of(path).ready, work_of(path).planned) == (0, 2, 2)

    save_post(
        workspace=changed.workspace,
        author=alice,
        shared=Content(text="À ma façon"),
        wordings=(),
        post=changed,
    )
    assert (work_of(path).posts, work_of(path).ready) == (1, 1)


def test_no_step_begins_before_the_one_before_it(as_alice: Client, project: GuidedProject):
    assert begin(as_alice, StepKey.READ) is None
    assert as_alice.get(f"{PAGE}read/").status_code == 200
    assert as_alice.post(f"{PAGE}read/check/").status_code == 404


def test_the_work_of_a_colleague_is_not_mine(
    as_alice: Client, project: GuidedProject, bob: User, alice: User
):
    step = ProjectStep(project=project, key=StepKey.PLAN)
    planned(project, bob, [1, 2, 3])
    assert isinstance(look_at(step), Message)
    planned(project, alice, [1, 2, 3])
    assert isinstance(look_at(step), Found)


def test_a_workspace_that_is_gone_is_said(as_alice: Client, project: GuidedProject):
    project.workspace.delete()
    begin(as_alice, StepKey.AIM)

    assert not is_done(as_alice, StepKey.AIM, words="x")
    assert as_alice.post(f"{PAGE}aim/go/").headers["Location"] == PAGE
    assert as_alice.get(PAGE).status_code == 200


def test_going_there_changes_to_the_workspace_and_the_path_comes_along(
    as_alice: Client, path: Path, project: GuidedProject
):
    gone = as_alice.post(f"{PAGE}plan/go/")

    assert as_alice.session["workspace"] == project.workspace_id
    there = as_alice.get(gone.headers["Location"]).content.decode()
    assert f'href="{PAGE}aim/"' in there
    assert as_alice.get(PAGE).context["path"] == path
    assert Path.objects.count() == 1


def test_a_step_says_how_much_and_until_when_and_leads_to_where_it_is_done(
    as_alice: Client, project: GuidedProject
):
    assert "Au moins 2 envois" in as_alice.get(f"{PAGE}plan/").content.decode()
    assert as_alice.post(f"{PAGE}aim/go/").headers["Location"] == "/strategy/objective/add"
    assert as_alice.post(f"{PAGE}aim/go/", {"to": "strategy:strategy"}).headers["Location"] == "/strategy"
    assert (
        as_alice.post(f"{PAGE}aim/go/", {"to": "plan:feeds"}).headers["Location"] == "/strategy/objective/add"
    )
    assert as_alice.post(f"{PAGE}plan/go/").headers["Location"] == "/calendar/bulk?weeks=1"

    GuidedProject.objects.update(workspace=None)
    assert as_alice.get(f"{PAGE}plan/").status_code == 200


def test_a_scenario_that_is_played_already_can_be_taken_up(
    as_alice: Client, path: Path, project: GuidedProject
):
    run = ScenarioRun.objects.get()
    as_alice.post(f"{PAGE}begin/", {"scenario": f"run-{run.pk}", "phase": ""})

    assert GuidedProject.objects.count() == 2
    assert Workspace.objects.filter(scenario_run__isnull=False).count() == 1


def test_who_may_make_no_workspace_begins_none(client: Client, chloe: User):
    client.force_login(chloe)
    client.post("/path/begin/")

    assert client.post(f"{PAGE}begin/", {"scenario": "quiet_start"}).status_code in (404, 422)
    assert not GuidedProject.objects.exists()


def test_mallory_neither_sees_nor_takes_up_our_project(client: Client, project: GuidedProject, mallory: User):
    client.force_login(mallory)
    run = ScenarioRun.objects.get()
    without = client.post(f"{PAGE}aim/check/").status_code
    client.post("/path/begin/")

    assert without == 404
    assert client.post(f"{PAGE}aim/check/").status_code == 404
    assert client.post(f"{PAGE}aim/go/").status_code == 404
    assert client.post(f"{PAGE}begin/", {"scenario": f"run-{run.pk}"}).status_code == 422


def test_a_path_is_no_longer_shown_to_whoever_left_its_workspace(
    as_alice: Client, path: Path, project: GuidedProject, alice: User
):
    Member.objects.filter(user=alice, workspace=path.workspace).delete()
    Member.objects.get_or_create(user=alice, workspace=project.workspace, defaults={"role": Role.OWNER})

    assert as_alice.post(f"{PAGE}aim/check/").status_code == 404


def test_every_step_is_whole_and_its_page_is_there():
    assert [step.key for step in steps()] == list(StepKey)
    for step in steps():
        assert all(resolve(door.url) for door in step.doors)
        assert all(door.name.en and door.name.fr for door in step.doors)
        assert step.about.en
        assert step.about.fr
        assert bool(step.asks.en) == bool(step.asks.fr)


def test_half_of_every_scenario_can_be_planned_from_its_drafts():
    assert all(1 <= half_of(slug) <= 7 for slug in SCENARIOS)


def test_a_workspace_is_exported_without_the_one_its_project_is_played_in(
    as_alice: Client, path: Path, project: GuidedProject
):
    rows = [json.loads(line) for line in _lines(path.workspace)]
    mine = next(row for row in rows if row["model"] == "academy.guidedproject")

    assert mine["fields"]["workspace"] is None
