"""Tables for other programs."""

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_BYTE_ORDER_MARK = "\ufeff"


def escape_cell(text: str) -> str:
    """A text that a spreadsheet would take for a formula is shown as a text.

    Source: https://owasp.org/www-community/attacks/CSV_Injection (read 2026-11-25).
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def plain_cell(text: str) -> str:
    """What `escape_cell` was given."""
    return text[1:] if text.startswith("'") and escape_cell(text[1:]) == text else text


def as_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """With the mark by which spreadsheets know that it is UTF-8."""
    stream = io.StringIO()
    stream.write(_BYTE_ORDER_MARK)
    writer = csv.writer(stream)
    writer.writerow([escape_cell(cell) for cell in head])
    for row in rows:
        writer.writerow([escape_cell(cell) for cell in row])
    return stream.getvalue()
