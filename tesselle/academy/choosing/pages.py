"""What the pages of choosing read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from tesselle.academy.catalogue import as_read
from tesselle.academy.choosing.board import Board, Out
from tesselle.academy.choosing.methods import SecondOpinion, second_opinion
from tesselle.academy.choosing.ranking import Range
from tesselle.academy.choosing.robustness import DRAWS, Flip, smallest_flip, win_shares
from tesselle.academy.choosing.usability import MEAN_SCORE, mean_score, usability_score
from tesselle.academy.models import Cell, Criterion, Path, Tool


@dataclass(frozen=True, slots=True)
class Bar:
    """`width`: of 100, as the drawing takes it; `value`: as it is read."""

    name: str
    width: float
    value: str
    place: int = 0
    share: str = ""


@dataclass(frozen=True, slots=True)
class RankingPage:
    bars: list[Bar]
    wins: list[Bar]
    ranges: list[Range]
    out: list[Out]
    flip: Flip | None
    flip_criterion: str
    flip_needed: str
    flip_weight: str
    methods: "Methods"
    draws: int = DRAWS

    @property
    def winners(self) -> list[str]:
        return self.methods.winners


@dataclass(frozen=True, slots=True)
class Method:
    name: str
    best: list[str]
    values: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Methods:
    """`winners`: of the weighted sum. `seconds` empty: not known; `are_asked`: they were asked in vain."""

    winners: list[str]
    seconds: list[Method]
    are_asked: bool

    @property
    def agree(self) -> bool:
        return all(method.best == self.winners for method in self.seconds)


def ranking_page(board: Board, *, ask: bool) -> RankingPage:
    """`ask`: wait for the other methods, where they have not answered for these weights and scores before."""
    scores, weights = board.complete, board.weights
    shares = win_shares(weights, scores) if len(scores) > 1 else {}
    winners = [one.name for one in board.ranked if one.place == 1]
    second = second_opinion(weights, scores, only_known=not ask)
    flip = smallest_flip(weights, winners[0], scores) if len(winners) == 1 and len(scores) > 1 else None
    return RankingPage(
        bars=[Bar(one.name, round(one.percent, 1), number(one.percent), one.place) for one in board.ranked],
        wins=[Bar(name, round(100 * share, 1), number(100 * share, 0)) for name, share in shares.items()],
        ranges=board.ranges,
        out=board.out,
        flip=flip,
        flip_criterion=as_read(board.criteria[flip.criterion].name) if flip else "",
        flip_needed=weight_words(round(flip.needed, 1)) if flip else "",
        flip_weight=weight_words(flip.weight) if flip else "",
        methods=Methods(winners, _methods(second), ask),
    )


def _methods(second: SecondOpinion | None) -> list[Method]:
    if second is None:
        return []
    topsis = sorted(second.topsis.items(), key=lambda pair: -pair[1])
    promethee = sorted(second.promethee.items(), key=lambda pair: -pair[1])
    return [
        Method("TOPSIS", second.best_by_topsis(), [(name, number(value, 3)) for name, value in topsis]),
        Method(
            "PROMETHEE II",
            second.best_by_promethee(),
            [(name, number(value, 3)) for name, value in promethee],
        ),
    ]


def number(value: float, digits: int = 1) -> str:
    """As the reader's language writes it."""
    from django.utils.formats import number_format

    return number_format(round(value, digits), decimal_pos=digits, use_l10n=True).replace("-", "−")


def weight_words(value: float) -> str:
    """With its tenth only where there is one."""
    return number(value, 1 if value % 1 else 0)


def percent(value: float, digits: int = 1) -> str:
    """`value`: of 100."""
    return gettext("%(number)s%%") % {"number": number(value, digits)}


@dataclass(frozen=True, slots=True)
class Line:
    criterion: Criterion
    cells: list[Cell | None]


@dataclass(frozen=True, slots=True)
class Column:
    tool: Tool
    reached: str
    usability: str
    feedback: int


def lines(board: Board, tools: Sequence[Tool]) -> list[Line]:
    """Side by side: each criterion with what is known of each of these tools."""
    return [Line(criterion, [board.cell(tool, criterion) for tool in tools]) for criterion in board.criteria]


def column(board: Board, tool: Tool) -> Column:
    reached = next((one.percent for one in board.ranked if one.name == tool.name), None)
    answers = [one.answers for one in tool.questionnaires.all()]
    given = list(tool.feedback.all())
    answers += [one.answers for one in given if one.answers]
    mean = mean_score(answers)
    return Column(
        tool,
        gettext("not ranked")
        if reached is None
        else gettext("%(percent)s of 100") % {"percent": number(reached)},
        gettext("not measured")
        if mean is None
        else gettext("%(percent)s of 100") % {"percent": number(mean)},
        len(given),
    )


@dataclass(frozen=True, slots=True)
class Usability:
    """What the questionnaire says of a tool: one's own answers and those of others."""

    own: list[tuple[object, str]]
    mean: str
    answered: int
    usual: int = MEAN_SCORE


def usability_of(tool: Tool) -> Usability:
    own = list(tool.questionnaires.all())
    others = [one.answers for one in tool.feedback.all() if one.answers]
    everybody = [one.answers for one in own] + others
    mean = mean_score(everybody)
    return Usability(
        [(one.at, number(usability_score(one.answers))) for one in own],
        "" if mean is None else number(mean),
        len(everybody),
    )


@dataclass(frozen=True, slots=True)
class ToolRow:
    tool: Tool
    scored: int
    criteria: int
    known: int


def tool_rows(board: Board) -> list[ToolRow]:
    found = []
    for tool in board.tools:
        cells = [cell for criterion in board.criteria if (cell := board.cell(tool, criterion))]
        scored = sum(cell.score is not None for cell in cells)
        found.append(ToolRow(tool, scored, len(board.criteria), sum(bool(cell.fact) for cell in cells)))
    return found


def finalists(path: Path, board: Board, names: Sequence[str]) -> list[Tool]:
    """The two that were asked for; else the two that lead, by what is known where scores are missing, and only then
    those that are out."""
    asked = [tool for name in names if (tool := board.tool_called(name))]
    leading = [tool for one in board.ranked if (tool := board.tool_called(one.name))]
    likely = sorted(board.ranges, key=lambda one: -(one.lowest + one.highest))
    waiting = [tool for one in likely if (tool := board.tool_called(one.name))]
    considered = [tool for tool in board.tools if tool.considered]
    found: list[Tool] = []
    for tool in (*asked, *leading, *waiting, *considered):
        if tool not in found:
            found.append(tool)
    return found[:2]
