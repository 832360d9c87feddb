"""The guided projects: what each step found, and what the person wrote there."""

from django.utils.translation import gettext, pgettext

from tesselle.academy.choosing.pages import number
from tesselle.academy.models import Path, ProjectStep, StepKey
from tesselle.academy.report.drafts import Draft, Sentence, sentence
from tesselle.academy.testing.pages import scenario_title
from tesselle.academy.testing.telling import sentences_of
from tesselle.documents.document import Table


def testing_draft(path: Path) -> Draft:
    lines, tables = [], []
    for project in path.projects.prefetch_related("steps"):
        steps = list(project.steps.all())
        done = sum(step.done_at is not None for step in steps)
        text = gettext("The scenario “%(scenario)s” was played: %(done)s of %(all)s steps done.")
        words = {"scenario": scenario_title(project), "done": done, "all": len(StepKey)}
        lines.append(_of(f"project-{project.pk}", text % words))
        lines += [line for step in steps for line in _about(step)]
        tables += [_debriefed(step) for step in steps if step.key == StepKey.DEBRIEF and step.done_at]
    if not lines:
        lines.append(_of("none", gettext("No strategy was tested in a guided project.")))
    return Draft(
        "testing",
        gettext("The test of a strategy"),
        gettext("What did the test show, and how far does it hold for a real company?"),
        tuple(lines),
        tuple(tables),
    )


def _debriefed(step: ProjectStep) -> tuple[str, Table]:
    found = step.found
    named = {
        gettext("What was reached"): found["reached"],
        gettext("What the plan could expect"): found["expected"],
        gettext("What the best plan could expect"): found["best"],
    }
    most = max(1, *named.values())
    rows = tuple((name, number(value, 0)) for name, value in named.items())
    bars = tuple(value / most for value in named.values())
    title = gettext("Debrief: %(scenario)s") % {"scenario": scenario_title(step.project)}
    return title, Table(("", gettext("Interactions")), rows, figures=True, bars=bars)


def adapted_in_projects(path: Path) -> list[Sentence]:
    """The steps “adapt”, for the question how the strategy was adapted."""
    steps = ProjectStep.objects.filter(project__path=path, key=StepKey.ADAPT).exclude(done_at=None)
    return [line for step in steps for line in _about(step)]


def _about(step: ProjectStep) -> list[Sentence]:
    found = sentences_of(step)
    if found and step.words:
        text = gettext("%(step)s, in the person’s words: %(words)s")
        found.append(text % {"step": StepKey(step.key).label, "words": step.words})
    return [_of(f"step-{step.pk}-{place}", text) for place, text in enumerate(found)]


def _of(key: str, text: str) -> Sentence:
    return sentence(key, text, "academy:project", pgettext("part of a path", "Testing"))
