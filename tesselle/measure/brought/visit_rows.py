"""What each row of a file of visits means, and what stands in its way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tesselle.domain.cells import NOT_TOLD, Order, read_count, read_instant
from tesselle.domain.messages import N_, Message
from tesselle.links.attributing import NOWHERE, Marks, Origin, register_of
from tesselle.measure.brought import website_words as words
from tesselle.workspaces.models import Workspace

MOST_VISITS = 10**9
_NO_MARK = NOT_TOLD | {
    "(not set)",
    "(none)",
    "(direct)",
    "(not provided)",
    "(aucun)",
    "(non défini)",
    "direct",
}
_TOTALS = frozenset({"total", "totals", "totaux", "somme", "grand total", "gesamt", "totale"})


@dataclass(frozen=True, slots=True)
class VisitReading:
    """How a table is read. `columns`: field -> place."""

    workspace: Workspace
    columns: Mapping[str, int]
    order: Order


@dataclass(frozen=True, slots=True)
class VisitRow:
    """`number`: as the spreadsheet counts. `landing`: the page as the file names it."""

    number: int
    day: date | None
    marks: Marks
    landing: str
    visits: int | None
    origin: Origin = NOWHERE
    problems: tuple[Message, ...] = field(default=())

    @property
    def is_good(self) -> bool:
        return not self.problems


def visit_rows(table: Sequence[Sequence[str]], first_number: int, reading: VisitReading) -> list[VisitRow]:
    """`table` without its heading. Lines of totals, and of remarks, are left out."""
    seen: dict[tuple[str, ...], int] = {}
    rows = [
        _row(first_number + place, cells, reading, seen)
        for place, cells in enumerate(table)
        if not any(cell.strip().casefold() in _TOTALS for cell in cells[:2]) and not cells[0].startswith("#")
    ]
    register = register_of(reading.workspace, [row.marks for row in rows])
    return [replace(row, origin=register.origin_of(row.marks)) for row in rows]


def _row(
    number: int, cells: Sequence[str], reading: VisitReading, seen: dict[tuple[str, ...], int]
) -> VisitRow:
    def cell(name: str) -> str:
        place = reading.columns.get(name, -1)
        return cells[place].strip() if 0 <= place < len(cells) else ""

    problems: list[Message] = []
    same = tuple(cells)
    if same in seen:
        problems.append(Message(_TWICE, {"number": seen[same]}))
    seen.setdefault(same, number)
    landing = cell(words.LANDING)
    return VisitRow(
        number=number,
        day=_day(cell(words.DAY), reading, problems),
        marks=_marks({name: cell(name) for name in words.MARKS}, landing),
        landing=landing[:500],
        visits=_count(cell(words.VISITS), problems),
        problems=tuple(problems),
    )


def _marks(told: Mapping[str, str], landing: str) -> Marks:
    """A column goes before the address; “google / cpc” in one cell is a source and its medium."""
    given = {name: "" if text.casefold() in _NO_MARK else text for name, text in told.items()}
    source, slash, medium = given[words.SOURCE].partition(" / ")
    if slash and not given[words.MEDIUM]:
        given |= {
            name: "" if text.casefold() in _NO_MARK else text
            for name, text in ((words.SOURCE, source), (words.MEDIUM, medium))
        }
    try:
        there = Marks.of_address(landing).told
    except ValueError:  # no address at all
        there = {}
    return Marks(**{**there, **{name: text for name, text in given.items() if text}})


def _day(text: str, reading: VisitReading, problems: list[Message]) -> date | None:
    told = read_instant(text, reading.order, reading.workspace.tz)
    if told is None:
        problems.append(Message(_NO_DAY, {"day": text[:60]}) if text else Message(_WITHOUT_DAY))
        return None
    day = told.at.astimezone(reading.workspace.tz).date()
    if day > reading.workspace.today():
        problems.append(Message(_NOT_YET))
    return day


def _count(text: str, problems: list[Message]) -> int | None:
    if text.casefold() in NOT_TOLD:
        problems.append(Message(_NO_VISITS))
        return None
    count = read_count(text)
    if count is None or count > MOST_VISITS:
        problems.append(Message(_NO_COUNT, {"cell": text[:40]}))
        return None
    return count


_TWICE = N_("The same in every cell as row %(number)s: it would count twice.")
_NO_DAY = N_("“%(day)s” is no day with a year that we can read.")
_WITHOUT_DAY = N_("There is no day in this row. Export the visits by day.")
_NOT_YET = N_("This day has not come yet. Check which number is the month.")
_NO_VISITS = N_("This row tells no number of visits. Missing is not zero: there is nothing to keep.")
_NO_COUNT = N_("“%(cell)s” is no whole number. Correct it in the file, or leave out its column.")
