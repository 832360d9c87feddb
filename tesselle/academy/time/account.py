"""What was planned and what it took, phase by phase."""

from collections import Counter
from dataclasses import dataclass

from tesselle.academy.catalogue import as_read
from tesselle.academy.dates import length
from tesselle.academy.models import Path, Phase


@dataclass(frozen=True, slots=True)
class Row:
    """`phase` None: what was noted for no phase. Lengths as they are read, minutes as they are counted."""

    phase: Phase | None
    name: str
    planned: int
    actual: int

    @property
    def gap(self) -> int:
        return self.actual - self.planned

    @property
    def planned_words(self) -> str:
        return length(self.planned)

    @property
    def actual_words(self) -> str:
        return length(self.actual)

    @property
    def gap_words(self) -> str:
        return ("+" if self.gap > 0 else "") + length(self.gap)

    @property
    def needs_explaining(self) -> bool:
        """Off by more than a quarter of the plan, and by more than half an hour."""
        is_off = abs(self.gap) > max(self.planned / 4, 30)
        return self.phase is not None and self.actual > 0 and is_off and not self.phase.explanation

    @property
    def was_left_out(self) -> bool:
        """Planned, and nothing was noted for it: told at the end, not while it may still begin."""
        return self.phase is not None and self.planned > 0 and not self.actual and not self.phase.explanation


@dataclass(frozen=True, slots=True)
class Account:
    rows: list[Row]
    total: Row
    activities: list[tuple[str, str]]

    @property
    def widest(self) -> int:
        """The scale of the drawing."""
        return max([row.planned for row in self.rows] + [row.actual for row in self.rows] + [1])


def account_of(path: Path, no_phase: str, total: str) -> Account:
    """The running stopwatch is not in it yet."""
    by_phase: Counter[int | None] = Counter()
    by_activity: Counter[str] = Counter()
    entries = path.time_entries.exclude(minutes=None).values_list("phase_id", "activity", "minutes")
    for phase_id, activity, minutes in entries:
        by_phase[phase_id] += minutes or 0
        by_activity[activity] += minutes or 0
    rows = [
        Row(phase, as_read(phase.name), phase.planned_minutes, by_phase[phase.pk])
        for phase in path.phases.all()
    ]
    if by_phase[None]:
        rows.append(Row(None, no_phase, 0, by_phase[None]))
    return Account(
        rows,
        Row(None, total, sum(row.planned for row in rows), sum(row.actual for row in rows)),
        [(activity, length(minutes)) for activity, minutes in by_activity.most_common(12)],
    )
