"""Tables as files for a spreadsheet. A text that it would take for a formula stays a text."""

import io
from collections.abc import Sequence
from datetime import datetime

from tesselle.documents.xml_text import xml_text
from tesselle.report.tables import Cell, Sheet
from tesselle.web.cells import as_csv, escape_cell

_WIDEST = 50


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    from openpyxl import Workbook  # only who takes a workbook needs it

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        made = book.create_sheet(sheet.name)
        for row in (sheet.head, *sheet.rows):
            made.append([_workbook_cell(cell) for cell in row])
        made.freeze_panes = "A2"
        for column, name in zip(made.iter_cols(max_row=1), sheet.head, strict=True):
            made.column_dimensions[column[0].column_letter].width = min(len(name) + 4, _WIDEST)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def csv(sheet: Sheet) -> bytes:
    return as_csv(sheet.head, ([_csv_cell(cell) for cell in row] for row in sheet.rows)).encode()


def _workbook_cell(cell: Cell) -> Cell:
    return escape_cell(xml_text(cell)) if isinstance(cell, str) else cell


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell.isoformat(" ", "minutes") if isinstance(cell, datetime) else str(cell)
