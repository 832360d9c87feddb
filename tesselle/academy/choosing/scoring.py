"""Writing into the matrix."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from tesselle.academy.choosing.usability import usability_score
from tesselle.academy.models import Cell, Decision, Path, Questionnaire, Tool, Verdict
from tesselle.academy.telling import tell
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message


def add_tool(path: Path, name: str) -> Tool:
    """One's own row.

    Raises:
        RuleError: there is one of that name.
    """
    try:
        with transaction.atomic():
            tool = Tool.objects.create(path=path, name=name, considered=True)
            tell("path.tool_added", path, tool=name)
    except IntegrityError as error:
        raise RuleError(Message(_ALREADY, {"tool": name})) from error
    return tool


@transaction.atomic
def keep_tool(tool: Tool, cells: Sequence[Cell], verdicts: Sequence[Verdict]) -> None:
    """The tool with what is known of it; rows that say nothing and never did are not kept."""
    tool.save()
    for cell in cells:
        if cell.pk or cell.fact or cell.source or cell.note or cell.score is not None:
            cell.save()
    for verdict in verdicts:
        if verdict.pk or verdict.passed is not None or verdict.note:
            verdict.save()
    tell("path.tool_scored", tool.path, tool=tool.name)


def answer_questionnaire(tool: Tool, answers: Sequence[int]) -> float:
    """Kept beside earlier ones; the score."""
    score = usability_score(answers)
    Questionnaire.objects.create(tool=tool, answers=list(answers))
    return score


@transaction.atomic
def decide(path: Path, decision: Decision) -> Decision:
    """Added to those there are: an earlier one is never written over."""
    decision.path, decision.at = path, timezone.now()
    decision.save(force_insert=True)
    if decision.outcome == Decision.Outcome.NONE:
        tell("path.decided_none", path)
    else:
        tell("path.decided", path, tool=decision.tool_name)
    return decision


_ALREADY = N_("There is a row for %(tool)s already. Open that one, or choose another name.")
