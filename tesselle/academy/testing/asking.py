"""What a step asks for in this very scenario: its figures, its dates, and how many weeks are to be filled."""

from datetime import datetime, timedelta

from django.utils.translation import gettext, ngettext

from tesselle.academy.catalogue.project import Door
from tesselle.academy.models import GuidedProject, StepKey
from tesselle.academy.testing.looking import half_of, played
from tesselle.sandbox.clock_time import clock_time
from tesselle.sandbox.models import ScenarioRun
from tesselle.sandbox.scenarios.catalogue import SCENARIOS

WEEK = timedelta(days=7)


def asked_of(project: GuidedProject, key: StepKey) -> list[str]:
    run = played(project)
    if run is None:
        return []
    ends = {"ends": clock_time(run.workspace, run.ends_at)}
    match key:
        case StepKey.AIM:
            return [gettext(SCENARIOS[run.scenario].story), gettext("It ends on %(ends)s.") % ends]
        case StepKey.PLAN:
            return [_planned(run)]
        case StepKey.RUN:
            half = {"half": clock_time(run.workspace, _half(run))}
            return [gettext("Half of the scenario is over on %(half)s.") % half]
        case StepKey.READ:
            return []
        case StepKey.ADAPT:
            return [gettext("What you plan now must go out before the end, %(ends)s.") % ends]
        case StepKey.DEBRIEF:
            return [*_objective(project), gettext("It ends on %(ends)s.") % ends]


def address_of(door: Door, project: GuidedProject, key: StepKey) -> str:
    """Where many drafts are planned at once, for as many weeks as the step is about."""
    run = played(project)
    if door.to != "plan:bulk" or run is None:
        return door.url
    since = run.begins_at if key == StepKey.PLAN else run.workspace.now()
    until = _half(run) if key == StepKey.PLAN else run.ends_at
    return f"{door.url}?weeks={max(1, round((until - since) / WEEK))}"


def _half(run: ScenarioRun) -> datetime:
    return run.begins_at + (run.ends_at - run.begins_at) / 2


def _planned(run: ScenarioRun) -> str:
    text = ngettext(
        "At least %(asked)s delivery, to go out before %(half)s.",
        "At least %(asked)s deliveries, on two days or more, to go out before %(half)s.",
        half_of(run.scenario),
    )
    return text % {"asked": half_of(run.scenario), "half": clock_time(run.workspace, _half(run))}


def _objective(project: GuidedProject) -> list[str]:
    aim = project.steps.filter(key=StepKey.AIM).exclude(done_at=None).first()
    return [gettext("Your objective was: “%(objective)s”.") % aim.found] if aim is not None else []
