"""The matrix of a path as one value: read once, then ranked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tesselle.academy.catalogue import as_read
from tesselle.academy.choosing.ranking import Candidate, Range, Ranked, complete_scores, ranges, ranked
from tesselle.academy.models import Cell, Criterion, Path, Tool, Verdict


@dataclass(frozen=True)
class Out:
    """A tool that fails a condition, and why."""

    tool: Tool
    failed: tuple[str, ...]


@dataclass(frozen=True)  # no slots: what is worked out is kept
class Board:
    criteria: list[Criterion]
    tools: list[Tool]
    cells: Mapping[tuple[int, int], Cell]
    out: list[Out]

    @property
    def weights(self) -> list[float]:
        return [float(criterion.weight) for criterion in self.criteria]

    @property
    def has_weight(self) -> bool:
        return sum(self.weights) > 0

    @cached_property
    def candidates(self) -> list[Candidate]:
        """Those considered that fail no condition."""
        gone = {one.tool.pk for one in self.out}
        return [
            Candidate(tool.name, tuple(self.score(tool, criterion) for criterion in self.criteria))
            for tool in self.tools
            if tool.considered and tool.pk not in gone
        ]

    @cached_property
    def ranked(self) -> list[Ranked]:
        return ranked(self.weights, self.candidates) if self.has_weight else []

    @cached_property
    def ranges(self) -> list[Range]:
        return ranges(self.weights, self.candidates) if self.has_weight else []

    @cached_property
    def complete(self) -> dict[str, list[int]]:
        """The scores of those that are ranked, in the order of the ranking."""
        by_name = {candidate.name: candidate for candidate in self.candidates}
        found = {one.name: complete_scores(self.weights, by_name[one.name]) for one in self.ranked}
        return {name: scores for name, scores in found.items() if scores is not None}

    @property
    def left_out(self) -> list[Tool]:
        """Those that have scores and do not take part."""
        scored = {tool for (tool, _), cell in self.cells.items() if cell.score is not None}
        return [tool for tool in self.tools if not tool.considered and tool.pk in scored]

    def score(self, tool: Tool, criterion: Criterion) -> int | None:
        cell = self.cells.get((tool.pk, criterion.pk))
        return cell.score if cell else None

    def cell(self, tool: Tool, criterion: Criterion) -> Cell | None:
        return self.cells.get((tool.pk, criterion.pk))

    def tool_called(self, name: str) -> Tool | None:
        return next((tool for tool in self.tools if tool.name == name), None)


def board_of(path: Path) -> Board:
    """Four queries, however many tools and criteria."""
    criteria, tools = list(path.criteria.all()), list(path.tools.all())
    cells = {(cell.tool_id, cell.criterion_id): cell for cell in Cell.objects.filter(tool__path=path)}
    failed: dict[int, list[str]] = {}
    verdicts = (
        Verdict.objects.filter(tool__path=path, passed=False).select_related("gate").order_by("gate_id")
    )
    for verdict in verdicts:
        failed.setdefault(verdict.tool_id, []).append(as_read(verdict.gate.text))
    out = [Out(tool, tuple(failed[tool.pk])) for tool in tools if tool.considered and tool.pk in failed]
    return Board(criteria, tools, cells, out)
