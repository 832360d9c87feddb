"""A project begins; its steps begin and are found to be done."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from tesselle.academy.models import GuidedProject, Path, Phase, ProjectStep, StepKey, TimeEntry
from tesselle.academy.telling import tell
from tesselle.academy.testing.looking import Found, Looked, Missed, look_at, newest
from tesselle.academy.testing.questions import Answer
from tesselle.academy.time.services import start_stopwatch, stop_stopwatch
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.sandbox.models import ScenarioRun
from tesselle.sandbox.scenarios.beginning import begin_scenario
from tesselle.sandbox.scenarios.catalogue import SCENARIOS, Scenario


@transaction.atomic
def begin_project(path: Path, scenario: Scenario, phase: Phase | None) -> GuidedProject:
    """In a workspace of its own. Raises RuleError: the scenario cannot be played here."""
    workspace = begin_scenario(scenario=scenario, by=path.person)
    return _begun(GuidedProject(path=path, scenario=scenario.slug, workspace=workspace, phase=phase))


@transaction.atomic
def take_up(path: Path, run: ScenarioRun, phase: Phase | None) -> GuidedProject:
    """With a scenario that the person plays already."""
    return _begun(GuidedProject(path=path, scenario=run.scenario, workspace=run.workspace, phase=phase))


def _begun(project: GuidedProject) -> GuidedProject:
    project.save()
    tell("path.project_begun", project.path, scenario=gettext(SCENARIOS[project.scenario].title))
    return project


@transaction.atomic
def begin_step(project: GuidedProject, key: StepKey, *, activity: str, is_timed: bool) -> ProjectStep:
    """Steps are taken in their order. A stopwatch that runs for something else goes on running.

    Raises:
        RuleError: the step before is not done.
    """
    done = set(project.steps.exclude(done_at=None).values_list("key", flat=True))
    before = list(StepKey)[: list(StepKey).index(key)]
    if not done.issuperset(before):
        raise RuleError(_NOT_YET)
    step, is_new = ProjectStep.objects.get_or_create(
        project=project, key=key, defaults={"since": newest(project)}
    )
    if is_timed and is_new and not TimeEntry.objects.filter(path=project.path, minutes=None).exists():
        step.entry = start_stopwatch(project.path, activity=activity, phase=project.phase)
        step.save(update_fields=["entry"])
    return step


@transaction.atomic
def check_step(step: ProjectStep, *, words: str, answer: Answer | None, must_write: bool) -> Looked:
    """Done stays done, though its words may still be changed. A try that finds nothing is counted, and so is a
    question that was answered wrongly."""
    if words != step.words:
        ProjectStep.objects.filter(pk=step.pk).update(words=words)
    # Of two answers sent at once, the second is held against the question that follows.
    step = ProjectStep.objects.select_for_update().get(pk=step.pk)
    if step.done_at is not None:
        return Found(step.found)
    looked = look_at(step, answer)
    if isinstance(looked, Found) and must_write and not words:
        looked = Message(_NO_WORDS)
    if isinstance(looked, Found):
        _keep(step, looked.values)
    else:
        ProjectStep.objects.filter(pk=step.pk).update(tries=F("tries") + 1)
    if isinstance(looked, Missed):
        ProjectStep.objects.filter(pk=step.pk).update(missed=[*step.missed, looked.question])
    return looked


def _keep(step: ProjectStep, values: Mapping[str, object]) -> None:
    kept = ProjectStep.objects.filter(pk=step.pk, done_at=None)
    if not kept.update(done_at=timezone.now(), found=dict(values)):
        return
    path = step.project.path
    if step.entry_id and TimeEntry.objects.filter(pk=step.entry_id, minutes=None).exists():
        stop_stopwatch(path)
    tell("path.step_done", path, step=str(StepKey(step.key).label))


_NOT_YET = N_("This step comes after the one before it. Finish that one first.")
_NO_WORDS = N_(
    "It is done in the product. What is missing are your own words below: nobody else can write them for you."
)
