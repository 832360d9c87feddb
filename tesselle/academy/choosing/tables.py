"""The matrix as an XLSX table and back: one row for each tool and criterion."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext, pgettext

from tesselle.academy.catalogue import as_read
from tesselle.academy.choosing.board import Board
from tesselle.academy.models import Cell, Path, Tool
from tesselle.academy.models.choosing import BEST_SCORE
from tesselle.academy.telling import tell
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.domain.reach import in_reach
from tesselle.web.cells import escape_cell

MOST_BYTES = 2_000_000
MOST_UNPACKED_BYTES = 30_000_000
MOST_ROWS = 5000
MOST_TOOLS = 60
_COLUMNS = 7
_FORMULA = ("'=", "'+", "'-", "'@", "'\t", "'\r", "'\n")


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did. `unknown`: names of criteria that the path does not have."""

    cells: int
    tools: int
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    tool: str
    criterion: str
    score: int | None
    note: str
    fact: str
    source: str
    read_on: date | None


def as_xlsx(board: Board) -> bytes:
    """Two sheets: everything, which can be brought in again, and the scores to look at."""
    from openpyxl import Workbook

    book = Workbook()
    everything = book.active
    everything.title = gettext("Matrix")
    everything.append(_head())
    for tool in board.tools:
        for criterion in board.criteria:
            cell = board.cell(tool, criterion) or Cell()
            words = (cell.note, as_read(cell.fact), as_read(cell.source))
            names = (escape_cell(tool.name), escape_cell(as_read(criterion.name)))
            everything.append([*names, cell.score, *map(escape_cell, words), cell.read_on])
    scores = book.create_sheet(gettext("Scores"))
    head = [pgettext("row", "Criterion"), pgettext("of a criterion", "Weight")]
    scores.append([*head, *(escape_cell(tool.name) for tool in board.tools)])
    for criterion in board.criteria:
        theirs = [board.score(tool, criterion) for tool in board.tools]
        scores.append([escape_cell(as_read(criterion.name)), float(criterion.weight), *theirs])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _head() -> list[str]:
    return [
        gettext("Tool"),
        pgettext("row", "Criterion"),
        gettext("Score (0 to 4)"),
        gettext("What you saw"),
        gettext("Fact"),
        pgettext("of a fact", "Source"),
        pgettext("of a fact", "Read on"),
    ]


@transaction.atomic
def bring_in(path: Path, data: bytes) -> Brought:
    """Rows of tools that are not there yet make a row of one's own; of unknown criteria are left out.

    Raises:
        RuleError: no such table, too large, or a cell that says something else than its column; nothing is kept.
    """
    rows = list(_rows(data))
    tools = {tool.name: tool for tool in path.tools.all()}
    criteria = {as_read(criterion.name): criterion for criterion in path.criteria.all()}
    fresh = {row.tool for row in rows} - tools.keys()
    if len(tools) + len(fresh) > MOST_TOOLS:
        raise RuleError(Message(_TOO_MANY_TOOLS, {"limit": MOST_TOOLS}))
    for name in sorted(fresh):
        tools[name] = Tool.objects.create(path=path, name=name, considered=True)
    known = [row for row in rows if row.criterion in criteria]
    for row in known:
        Cell.objects.update_or_create(
            tool=tools[row.tool],
            criterion=criteria[row.criterion],
            defaults={
                "score": row.score,
                "note": row.note,
                "fact": row.fact,
                "source": row.source[:300],
                "read_on": row.read_on,
            },
        )
    tell("path.matrix_imported", path)
    unknown = sorted({row.criterion for row in rows} - criteria.keys())
    return Brought(len(known), len(fresh), tuple(unknown))


def _rows(data: bytes) -> Iterator[_Row]:
    for number, values in enumerate(_values(data), start=1):
        if number == 1 or not any(values):
            continue
        if number > MOST_ROWS:
            raise RuleError(Message(_TOO_LONG, {"limit": MOST_ROWS}))
        tool, criterion, score, note, fact, source, read_on = (*values, *[None] * _COLUMNS)[:_COLUMNS]
        if not tool or not criterion:
            raise RuleError(Message(_NAMELESS, {"row": number}))
        yield _Row(
            number,
            _text(tool)[:80],
            as_read(_text(criterion)),
            _score(score, number),
            _text(note),
            _text(fact),
            _text(source),
            _day(read_on, number),
        )


def _values(data: bytes) -> Iterator[tuple[Any, ...]]:
    from openpyxl import load_workbook

    if len(data) > MOST_BYTES or _unpacked(data) > MOST_UNPACKED_BYTES:
        raise RuleError(_TOO_LARGE)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS + 1)
    except (KeyError, ValueError, TypeError, IndexError, SyntaxError, zipfile.BadZipFile) as error:
        raise RuleError(_NO_TABLE) from error


def _unpacked(data: bytes) -> int:
    """A small file can hold an enormous table: its own list of contents says how large they are."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return sum(one.file_size for one in package.infolist())
    except zipfile.BadZipFile as error:
        raise RuleError(_NO_TABLE) from error


def _text(value: Any) -> str:
    text = "" if value is None else str(value).strip()
    return text[1:] if text.startswith(_FORMULA) else text


def _score(value: Any, row: int) -> int | None:
    if value is None or value == "":
        return None
    try:
        score = float(value)
    except (TypeError, ValueError):
        score = -1
    if score not in range(BEST_SCORE + 1):
        raise RuleError(Message(_NO_SCORE, {"row": row, "value": str(value)[:40]}))
    return int(score)


def _day(value: Any, row: int) -> date | None:
    if value is None or value == "":
        return None
    no_day = RuleError(Message(_NO_DAY, {"row": row, "value": str(value)[:40]}))
    try:
        day = value.date() if isinstance(value, datetime) else date.fromisoformat(str(value).strip())
    except ValueError as error:
        raise no_day from error
    if not in_reach(day):
        raise no_day
    return day


_NO_TABLE = N_("This file is not an XLSX table that can be read. Save it as .xlsx and try again.")
_TOO_LARGE = N_(
    "This table is too large: nothing was brought in. Take the pictures and other sheets out of it."
)
_TOO_LONG = N_("The table has more than %(limit)s rows: nothing was brought in. Shorten it and try again.")
_TOO_MANY_TOOLS = N_("There would be more than %(limit)s tools: nothing was brought in. Take some out of it.")
_NAMELESS = N_(
    "Row %(row)s names no tool or no criterion: nothing was brought in. Fill both in and try again."
)
_NO_SCORE = N_(
    "Row %(row)s has “%(value)s” as its score: nothing was brought in. Scores go from 0 to 4, or stay empty."
)
_NO_DAY = N_(
    "Row %(row)s has “%(value)s” as its day: nothing was brought in. Write it as 2026-11-25, or leave it empty."
)
