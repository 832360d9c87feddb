"""Has a step of the project been done? Found in the workspace of its scenario, from the step's beginning on."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils import translation

from tesselle.academy.models import GuidedProject, ProjectStep, StepKey
from tesselle.academy.testing.figures import read_posts
from tesselle.academy.testing.objective import held_against
from tesselle.academy.testing.questions import Answer, drawn
from tesselle.adapt.models import Decision
from tesselle.domain.lifecycle import DeliveryState
from tesselle.domain.messages import N_, Message
from tesselle.ledger.models import Delivery, Purpose
from tesselle.plan.models import PostingSlot
from tesselle.sandbox.models import ScenarioRun
from tesselle.sandbox.scenarios.catalogue import SCENARIOS
from tesselle.sandbox.scenarios.debrief import debrief
from tesselle.sandbox.scenarios.indicators import indicators
from tesselle.sandbox.scenarios.measuring import facts_of, run_of
from tesselle.strategy.models import Objective

OUT = (DeliveryState.LIVE, DeliveryState.SENT)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a project is done. `answer`: what was said to a question about the figures."""

    step: ProjectStep
    run: ScenarioRun
    answer: Answer | None = None

    @property
    def deliveries(self) -> QuerySet[Delivery]:
        """The person's own."""
        person = self.step.project.path.person_id
        found = Delivery.objects.filter(
            workspace=self.run.workspace_id, created_by=person, purpose=Purpose.POST
        )
        return found.exclude(state=DeliveryState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Found:
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Missed:
    """The question that was answered wrongly, and what was wrong with it."""

    question: str
    message: Message


Looked = Found | Missed | Message
"""What proves it, or what is still missing."""


def played(project: GuidedProject) -> ScenarioRun | None:
    """None: the workspace of its scenario is gone."""
    workspace = project.workspace
    run = run_of(workspace) if workspace is not None and workspace.deleted_at is None else None
    return run if run is not None and run.scenario in SCENARIOS else None


def place_of(step: ProjectStep, answer: Answer | None = None) -> Place | None:
    run = played(step.project)
    return None if run is None else Place(step, run, answer)


def look_at(step: ProjectStep, answer: Answer | None = None) -> Looked:
    place = place_of(step, answer)
    return Message(_GONE) if place is None else _LOOKS[StepKey(step.key)](place)


def newest(project: GuidedProject) -> dict[str, int]:
    """The newest keys of what a step may look at: what is newer was made in it."""
    here = {"workspace": project.workspace_id}
    asked = {
        "delivery": Delivery.objects.filter(**here),
        "decision": Decision.objects.filter(**here),
        "slot": PostingSlot.objects.filter(channel__workspace=project.workspace_id),
    }
    return {name: rows.aggregate(newest=Max("pk"))["newest"] or 0 for name, rows in asked.items()}


def half_of(scenario: str) -> int:
    """What is to be planned at first, and again after reading: half of what is asked for in all."""
    return max(1, math.ceil(SCENARIOS[scenario].asks.get("published", 4) / 2))


def _aim(place: Place) -> Looked:
    objective = Objective.objects.filter(workspace=place.run.workspace_id, retired_at=None).last()
    if objective is None:
        return Message(_NO_AIM)
    return Found({"objective": objective.sentence, "key": objective.pk})


def _plan(place: Place) -> Looked:
    zone, asked = place.run.workspace.tz, half_of(place.run.scenario)
    instants = list(place.deliveries.values_list("due_at", flat=True))
    days = len({instant.astimezone(zone).date() for instant in instants})
    if len(instants) < asked:
        return Message(_TOO_FEW, {"planned": len(instants), "asked": asked})
    if days < 2:
        return Message(_ONE_DAY)
    return Found({"planned": len(instants), "days": days})


def _run(place: Place) -> Looked:
    gone, lasts = place.run.workspace.now() - place.run.begins_at, place.run.ends_at - place.run.begins_at
    out = place.deliveries.filter(state__in=OUT).count()
    if not out:
        return Message(_NOTHING_OUT)
    if gone < lasts / 3:
        return Message(_TOO_EARLY, {"days": max(1, math.ceil((lasts / 3 - gone) / timedelta(days=1)))})
    return Found({"out": out, "days": gone // timedelta(days=1)})


def _read(place: Place) -> Looked:
    posts = read_posts(place.deliveries)
    if len(posts) < 2:
        return Message(_NO_FIGURES)
    missed = place.step.missed
    question = drawn(posts, missed)
    if question is None:
        return Message(_ALL_ALIKE)
    if place.answer is None:
        return Message(_NO_ANSWER)
    if place.answer.question != question.key:
        return Message(_MOVED_ON)
    if place.answer.delivery not in question.posts:
        return Missed(question.key, Message(_ANOTHER_POST, {"tries": len(missed) + 1}))
    if place.answer.number != question.number:
        return Missed(question.key, Message(_ANOTHER_NUMBER, {"tries": len(missed) + 1}))
    best = max(posts, key=lambda post: post.interactions)
    values = {"best": best.name, "interactions": best.interactions, "posts": len(posts)}
    return Found(values | {"missed": len(missed)})


def _adapt(place: Place) -> Looked:
    since, workspace = place.step.since, place.run.workspace_id
    fresh = place.deliveries.filter(pk__gt=since.get("delivery", 0), due_at__lte=place.run.ends_at)
    planned = fresh.count()
    if not planned:
        return Message(_NOTHING_NEW)
    decided = Decision.objects.filter(workspace=workspace, pk__gt=since.get("decision", 0), undone_at=None)
    slots = PostingSlot.objects.filter(channel__workspace=workspace, pk__gt=since.get("slot", 0))
    return Found({"planned": planned, "decided": decided.count(), "slots": slots.count()})


def _debrief(place: Place) -> Looked:
    """What it said is kept in every language: the workspace may be deleted long before the report is read."""
    run = place.run
    if run.workspace.now() < run.ends_at:
        return Message(_NOT_OVER)
    facts = facts_of(run)
    told = debrief(run, facts)
    aims: dict[str, list[list[Any]]] = {}
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            asked = indicators(run, SCENARIOS[run.scenario], facts, run.ends_at)
            aims[language] = [[one.name, one.aim, one.reached, one.is_met] for one in asked]
    return Found(
        {
            "reached": told.reached,
            "expected": told.expected,
            "best": told.best,
            "share": told.share,
            "aims": aims,
            "own": _own(place),
        }
    )


def _own(place: Place) -> dict[str, Any] | None:
    """The objective of the first step, as it stands at the end; None: it was set aside meanwhile."""
    aim = place.step.project.steps.filter(key=StepKey.AIM).first()
    rows = Objective.objects.filter(workspace=place.run.workspace_id, retired_at=None).select_related(
        "channel"
    )
    key = aim.found.get("key") if aim is not None else None
    objective = rows.filter(pk=key).first() if key else rows.last()
    return held_against(objective, place.run) if objective is not None else None


_LOOKS: Mapping[StepKey, Callable[[Place], Looked]] = {
    StepKey.AIM: _aim,
    StepKey.PLAN: _plan,
    StepKey.RUN: _run,
    StepKey.READ: _read,
    StepKey.ADAPT: _adapt,
    StepKey.DEBRIEF: _debrief,
}

_GONE = N_(
    "The workspace of this scenario is gone, so nothing can be looked up there. Bring it back from your "
    "workspaces, or begin another project: what was found already stays in your report."
)
_NO_AIM = N_("The page “Strategy” holds no objective yet. Write one there, in one sentence, and come back.")
_TOO_FEW = N_(
    "You have planned %(planned)s deliveries of the %(asked)s that make a first half. Plan some more drafts."
)
_ONE_DAY = N_("All that you planned goes out on one day. Spread it over at least two.")
_NOTHING_OUT = N_("None of your posts has gone out yet. Move the practice clock on until one has.")
_TOO_EARLY = N_(
    "It is too early to learn anything from figures. Move the practice clock on by about %(days)s days more."
)
_NO_FIGURES = N_(
    "Fewer than two of your posts have figures yet. Move the practice clock on by a day, so that they are read."
)
_ALL_ALIKE = N_(
    "The figures of your posts are all the same so far, so there is nothing to compare. Move the practice clock on "
    "by a day."
)
_NO_ANSWER = N_("Answer the question about your figures, then have it looked at again.")
_MOVED_ON = N_(
    "Another question is asked by now: your figures have moved on, or you answered in another window. This answer was "
    "not counted."
)
_ANOTHER_POST = N_(
    "It is another of your posts. Wrong answers so far: %(tries)s. Nothing is lost: open the page of each post and "
    "compare, then read the question below once more, for it may have changed."
)
_ANOTHER_NUMBER = N_(
    "You found the right post, but its page shows another number. Wrong answers so far: %(tries)s. Nothing is lost: "
    "open its page, then read the question below once more, for it may have changed."
)
_NOTHING_NEW = N_(
    "You have planned nothing since you read the figures. Plan the second half, for days before the end of "
    "the scenario."
)
_NOT_OVER = N_(
    "The weeks of the scenario are not over. Open its page and go to the end; the debrief then stands there."
)
