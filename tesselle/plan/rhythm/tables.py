"""Reading a table that a person made elsewhere: CSV as spreadsheets write it, or an XLSX workbook."""

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message

MOST_BYTES, MOST_UNPACKED = 2_000_000, 30_000_000
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 300, 20, 8
_SEPARATORS = (";", "\t", ",")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a table may have at most. `rows`: without the heading."""

    size_bytes: int = MOST_BYTES
    rows: int = MOST_ROWS
    columns: int = MOST_COLUMNS


USUAL = Bounds()


def read_table(name: str, data: bytes, bounds: Bounds = USUAL) -> list[list[str]]:
    """Rows of cells, the heading among them; empty rows are left out.

    Raises:
        RuleError: too large, or nothing that can be read.
    """
    return read_sheets(name, data, bounds)[0]


def read_sheets(name: str, data: bytes, bounds: Bounds = USUAL) -> list[list[list[str]]]:
    """The same of each sheet of a workbook; a CSV file is one sheet.

    Raises:
        RuleError: too large, or nothing that can be read.
    """
    if len(data) > bounds.size_bytes:
        raise RuleError(Message(_TOO_LARGE, {"limit": bounds.size_bytes // 1_000_000}))
    is_book = name.lower().endswith(".xlsx")
    sheets = workbook_sheets(data, bounds) if is_book else [_separated(data, bounds)]
    filled = [[row for row in rows if any(row)] for rows in sheets]
    if any(len(rows) > bounds.rows + 1 for rows in filled):
        raise RuleError(Message(_TOO_LONG, {"limit": bounds.rows}))
    return filled


def _separated(data: bytes, bounds: Bounds) -> list[list[str]]:
    text = _decoded(data)
    head = next((line for line in text.split("\n") if line.strip() and not line.startswith("#")), "")
    separator = max(_SEPARATORS, key=head.count)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return [_cells(row, bounds) for row in rows]
    except csv.Error:
        raise RuleError(_NOT_A_TABLE) from None


def _decoded(data: bytes) -> str:
    """UTF-8, else what spreadsheets on Windows write."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data:
        raise RuleError(_NOT_A_TABLE)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def workbook_sheets(data: bytes, bounds: Bounds) -> list[list[list[str]]]:
    """Each sheet, empty rows among the others. What it unpacks to is looked at before anything is unpacked.

    Raises:
        RuleError: too large, or no workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise RuleError(Message(_TOO_LARGE, {"limit": bounds.size_bytes // 1_000_000}))
    except zipfile.BadZipFile:
        raise RuleError(_NOT_A_TABLE) from None
    import openpyxl  # only who brings a workbook needs it

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return [
            [
                _cells(row, bounds)
                for row in sheet.iter_rows(max_row=bounds.rows + 2, max_col=bounds.columns, values_only=True)
            ]
            for sheet in (book.worksheets[0], *book.worksheets[1:MOST_SHEETS])
        ]
    except (
        KeyError,
        ValueError,
        IndexError,
        TypeError,
        AttributeError,
        SyntaxError,
    ):  # a workbook that is none
        raise RuleError(_NOT_A_TABLE) from None


def _cells(row: Iterable[object], bounds: Bounds) -> list[str]:
    return [_text(cell) for cell in row][: bounds.columns]


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M}" if cell.time() != time() else f"{cell:%Y-%m-%d}"
        case date():
            return cell.isoformat()
        case time():
            return f"{cell:%H:%M}"
        case _:
            return str(cell).replace("\x00", "").strip()


_TOO_LARGE = N_("This file is too large: %(limit)s megabytes at most. Cut it into several.")
_TOO_LONG = N_("This table has too many rows: %(limit)s at most. Cut it into several.")
_NOT_A_TABLE = N_("This file cannot be read as a table. Save it as CSV or XLSX, and bring it again.")
