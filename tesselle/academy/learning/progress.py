"""How far somebody is, as they and whoever they show it to see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tesselle.academy.catalogue.lessons import skills
from tesselle.academy.dates import length
from tesselle.academy.learning.pages import Row, rows
from tesselle.academy.models import Path
from tesselle.academy.testing.pages import StepRow, project_of, rows_of, scenario_title


@dataclass(frozen=True, slots=True)
class SkillRow:
    """`share`: of its tasks and questions together, of 100."""

    name: str
    done: int
    tasks: int
    right: int
    questions: int

    @property
    def share(self) -> int:
        return round(100 * (self.done + self.right) / (self.tasks + self.questions))


@dataclass(frozen=True, slots=True)
class Progress:
    rows: list[Row]
    skills: list[SkillRow]
    scenario: str
    steps: list[StepRow]
    planned: str

    @property
    def done(self) -> int:
        return sum(row.is_done for row in self.rows)

    @property
    def latest(self) -> datetime | None:
        return max((row.done_at for row in self.rows if row.done_at), default=None)


def progress_of(path: Path) -> Progress:
    learned = rows(path)
    project = project_of(path)
    return Progress(
        learned,
        skills_map(learned),
        scenario_title(project) if project is not None else "",
        rows_of(project) if project is not None else [],
        length(sum(row.chapter.minutes for row in learned)),
    )


def skills_map(learned: Sequence[Row]) -> list[SkillRow]:
    """Nothing here is what somebody says of themselves: tasks found done, and questions answered rightly."""
    found = []
    for key, name in skills().items():
        mine = [row for row in learned if row.chapter.skill == key]
        found.append(
            SkillRow(
                str(name),
                sum(row.is_done for row in mine),
                len(mine),
                sum(row.right for row in mine),
                sum(len(row.chapter.questions) for row in mine),
            )
        )
    return found
