"""The demo company's path, half-way, so that the demo shows what a path is."""

import tomllib
from datetime import timedelta
from pathlib import Path as File
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from tesselle.academy.beginning import begin_path
from tesselle.academy.choosing.needs import keep_needs
from tesselle.academy.models import (
    Cell,
    Difficulty,
    Path,
    Skill,
    StepKey,
    TimeEntry,
    Verdict,
)
from tesselle.academy.models import Objective as LearningObjective
from tesselle.academy.presence.services import ask
from tesselle.academy.start.services import freeze_start
from tesselle.academy.testing.services import begin_project, begin_step, check_step
from tesselle.sandbox.scenarios.catalogue import SCENARIOS
from tesselle.strategy.models import Objective
from tesselle.strategy.services import keep
from tesselle.workspaces.models import Member

DAYS_AGO = 12


@transaction.atomic
def example_path(member: Member) -> None:
    """Theirs is never touched: only somebody without a path is given one."""
    if Path.objects.filter(workspace=member.workspace_id, person=member.user_id).exists():
        return
    told = tomllib.loads(File(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    with translation.override("fr"):
        path = begin_path(member=member)
        _start(path, told)
        keep_needs(path, needs=told["needs"], said=told["needs_said"], set_weights=True)
    for row in told["scores"]:
        _scored(path, row)
    _time(path, told)
    # At the profiles only: its site is not there to be read.
    ask(path, "")
    with translation.override("fr"):
        _project(path, told["project"])


def _start(path: Path, told: dict[str, Any]) -> None:
    today = timezone.now().date()
    for field in ("subject", "context", "expectations"):
        setattr(path, field, told[field])
    path.start_due, path.report_due = today - timedelta(days=DAYS_AGO - 2), today + timedelta(days=60)
    path.save()
    Skill.objects.bulk_create(Skill(path=path, **skill) for skill in told["skills"])
    LearningObjective.objects.bulk_create(
        LearningObjective(path=path, due=path.report_due, **objective) for objective in told["objectives"]
    )
    freeze_start(path)


def _scored(path: Path, row: dict[str, Any]) -> None:
    """Each condition is met: whoever follows the example decides by the scores."""
    tool = path.tools.get(key=row["tool"])
    tool.considered = True
    tool.advantages, tool.drawbacks, tool.trial = row["advantages"], row["drawbacks"], row["trial"]
    tool.save()
    for criterion, value in zip(path.criteria.all(), row["values"], strict=True):
        Cell.objects.update_or_create(tool=tool, criterion=criterion, defaults={"score": value})
    Verdict.objects.bulk_create(Verdict(tool=tool, gate=gate, passed=True) for gate in path.gates.all())


def _time(path: Path, told: dict[str, Any]) -> None:
    phases, now = list(path.phases.all()), timezone.now()
    for number, row in enumerate(told["times"]):
        TimeEntry.objects.create(
            path=path,
            phase=phases[row["phase"]],
            activity=row["activity"],
            minutes=row["minutes"],
            began_at=now - timedelta(days=DAYS_AGO - 3 * number),
        )
    explained = phases[told["explanation"]["phase"]]
    explained.explanation = told["explanation"]["text"]
    explained.save()
    for number, row in enumerate(told["difficulties"]):
        Difficulty.objects.create(
            path=path,
            met_on=(now - timedelta(days=DAYS_AGO - 4 * number)).date(),
            what=row["what"],
            overcome=row["overcome"],
            is_greatest=row.get("greatest", False),
        )


def _project(path: Path, told: dict[str, Any]) -> None:
    """Its aim is set and found in the scenario's workspace; planning has begun."""
    phase = path.phases.order_by("pk")[told["phase"]]
    project = begin_project(path, SCENARIOS[told["scenario"]], phase)
    aim = begin_step(project, StepKey.AIM, activity=str(StepKey.AIM.label), is_timed=False)
    keep(Objective(workspace=project.workspace, **told["objective"]), by=path.person)
    check_step(aim, words=told["words"], answer=None, must_write=True)
    begin_step(project, StepKey.PLAN, activity=str(StepKey.PLAN.label), is_timed=False)
