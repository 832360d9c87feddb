"""Choosing a scenario, its page while it goes on, and its debrief."""

import math
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext, npgettext
from django.views.decorators.http import require_GET, require_POST

from tesselle.domain.errors import RuleError
from tesselle.networks import slugs
from tesselle.sandbox.access import practising
from tesselle.sandbox.clock.services import go_until
from tesselle.sandbox.clock_time import clock_time
from tesselle.sandbox.models import ScenarioRun
from tesselle.sandbox.scenarios.beginning import begin_scenario
from tesselle.sandbox.scenarios.catalogue import SCENARIOS
from tesselle.sandbox.scenarios.conversations import conversations
from tesselle.sandbox.scenarios.debrief import debrief
from tesselle.sandbox.scenarios.indicators import answers_by_kind, indicators
from tesselle.sandbox.scenarios.measuring import facts_of, run_of
from tesselle.simulation.best import MINUTES
from tesselle.web.htmx import show
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, may_create_workspaces
from tesselle.workspaces.middleware import SESSION_KEY
from tesselle.workspaces.models import Member


@require_GET
def scenarios(request: HttpRequest) -> HttpResponse:
    member = practising(request)
    offered = [one for one in SCENARIOS.values() if set(one.networks) <= set(slugs())]
    context = {
        "scenarios": offered,
        "run": run_of(member.workspace),
        "may_begin": may_create_workspaces(member.user),
    }
    return render(request, "sandbox/scenarios/list.html", context)


@require_POST
def begin(request: HttpRequest, scenario: str) -> HttpResponse:
    """Beginning the same again takes the place of the earlier try, where that is one's own to end."""
    member = practising(request)
    if scenario not in SCENARIOS or not may_create_workspaces(member.user):
        raise Http404
    run = run_of(member.workspace)
    again = run is not None and run.scenario == scenario and may(member, Right.OWN)
    try:
        fresh = begin_scenario(
            scenario=SCENARIOS[scenario], by=member.user, instead_of=member.workspace if again else None
        )
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
        return redirect("sandbox:scenarios")
    request.session[SESSION_KEY] = fresh.pk
    undo = reverse("workspaces:restore", args=[member.workspace_id]) if again else ""
    notify(request, gettext("The scenario begins, in a workspace of its own."), undo_url=undo)
    return redirect("sandbox:scenario")


def _running(request: HttpRequest, right: Right = Right.READ) -> tuple[Member, ScenarioRun]:
    """Raises Http404 where no scenario is played."""
    member = practising(request, right)
    run = run_of(member.workspace)
    if run is None or run.scenario not in SCENARIOS:
        raise Http404
    return member, run


@require_GET
def scenario(request: HttpRequest) -> HttpResponse:
    member, run = _running(request)
    return show(
        request, "sandbox/scenarios/scenario.html", "sandbox/scenarios/_scenario.html", _context(member, run)
    )


def _context(member: Member, run: ScenarioRun) -> dict[str, Any]:
    task, now, workspace = SCENARIOS[run.scenario], member.workspace.now(), member.workspace
    facts = facts_of(run)
    is_over = now >= run.ends_at
    asked = indicators(run, task, facts, now)
    return {
        "task": task,
        "run": run,
        "ends": clock_time(workspace, run.ends_at),
        "days_left": max(0, (run.ends_at - now) // timedelta(days=1)),
        "bulk_url": f"{reverse('plan:bulk')}?weeks={max(1, round((run.ends_at - now) / timedelta(weeks=1)))}",
        "is_over": is_over,
        "indicators": asked,
        "is_met": all(one.is_met for one in asked),
        "debrief": debrief(run, facts) if is_over else None,
        "minutes": MINUTES,
        "hours": _hours(task.hours),
        "answers": answers_by_kind(facts) if "answered" in task.asks else (),
        "conversations": conversations(member.workspace, facts) if "answered" in task.asks else (),
        "may_plan": may(member, Right.PLAN),
        "may_begin": may_create_workspaces(member.user),
    }


def _hours(hours: float) -> str:
    words = npgettext("of work", "%(n)s hour", "%(n)s hours", math.ceil(hours))
    return words % {"n": number_format(hours, 1 if hours % 1 else 0)}


@require_POST
def to_the_end(request: HttpRequest) -> HttpResponse:
    member, run = _running(request, Right.PLAN)
    try:
        go_until(workspace=member.workspace, until=run.ends_at + timedelta(minutes=1), by=member.user)
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
    return redirect("sandbox:scenario")
