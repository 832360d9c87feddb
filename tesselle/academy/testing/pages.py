"""What the pages of the project read."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from tesselle.academy.catalogue.project import KnownStep, steps
from tesselle.academy.models import GuidedProject, Path, ProjectStep, StepKey
from tesselle.academy.testing.telling import sentences_of
from tesselle.sandbox.scenarios.catalogue import SCENARIOS


@dataclass(frozen=True, slots=True)
class StepRow:
    """`is_open`: the ones before it are done."""

    number: int
    key: StepKey
    known: KnownStep
    step: ProjectStep | None
    is_open: bool
    found: list[str]

    @property
    def is_done(self) -> bool:
        return self.step is not None and self.step.done_at is not None

    @property
    def url(self) -> str:
        return reverse("academy:project_step", args=[self.key.value])

    @property
    def hints(self) -> tuple[object, ...]:
        """One for each try that found nothing."""
        return () if self.step is None or self.is_done else tuple(self.known.hints[: self.step.tries])


def project_of(path: Path) -> GuidedProject | None:
    """The newest."""
    return path.projects.select_related("workspace", "phase", "path__person").last()


def scenario_title(project: GuidedProject) -> str:
    known = SCENARIOS.get(project.scenario)
    return gettext(known.title) if known else project.scenario


def rows_of(project: GuidedProject) -> list[StepRow]:
    kept = {step.key: step for step in project.steps.all()}
    known = {one.key: one for one in steps()}
    rows, is_open = [], True
    for number, key in enumerate(StepKey, 1):
        step = kept.get(key)
        rows.append(StepRow(number, key, known[key], step, is_open, sentences_of(step) if step else []))
        is_open = is_open and rows[-1].is_done
    return rows


def next_row(rows: list[StepRow]) -> StepRow | None:
    """The first that is not done; None: all are."""
    return next((row for row in rows if not row.is_done), None)
