"""Reading a table that a person made elsewhere: CSV as spreadsheets write it, or an XLSX workbook."""

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message

MOST_BYTES, MOST_UNPACKED = 2_000_000, 30_000_000
MOST_ROWS, MOST_COLUMNS = 300, 20
_SEPARATORS = (";", "\t", ",")


def read_table(name: str, data: bytes) -> list[list[str]]:
    """Rows of cells, the heading among them; empty rows are left out.

    Raises:
        RuleError: too large, or nothing that can be read.
    """
    if len(data) > MOST_BYTES:
        raise RuleError(_TOO_LARGE)
    rows = _workbook(data) if name.lower().endswith(".xlsx") else _separated(data)
    filled = [row for row in rows if any(row)]
    if len(filled) > MOST_ROWS + 1:
        raise RuleError(Message(_TOO_LONG, {"limit": MOST_ROWS}))
    return filled


def _separated(data: bytes) -> list[list[str]]:
    text = _decoded(data)
    head = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=head.count)
    try:
        return [_cells(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    except csv.Error:
        raise RuleError(_NOT_A_TABLE) from None


def _decoded(data: bytes) -> str:
    """UTF-8, else what spreadsheets on Windows write."""
    if b"\x00" in data:
        raise RuleError(_NOT_A_TABLE)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _workbook(data: bytes) -> list[list[str]]:
    """The first sheet. What it unpacks to is looked at before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise RuleError(_TOO_LARGE)
    except zipfile.BadZipFile:
        raise RuleError(_NOT_A_TABLE) from None
    import openpyxl  # only who brings a workbook needs it

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        found = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
        return [_cells(row) for row in found]
    except (
        KeyError,
        ValueError,
        IndexError,
        TypeError,
        AttributeError,
        SyntaxError,
    ):  # a workbook that is none
        raise RuleError(_NOT_A_TABLE) from None


def _cells(row: Iterable[object]) -> list[str]:
    return [_text(cell) for cell in row][:MOST_COLUMNS]


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


_TOO_LARGE = N_("This file is too large: two megabytes at most. Cut it into several.")
_TOO_LONG = N_("This table has too many rows: %(limit)s at most. Cut it into several.")
_NOT_A_TABLE = N_("This file cannot be read as a table. Save it as CSV or XLSX, and bring it again.")
