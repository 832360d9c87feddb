"""A table of a document as a page shows it: like its files, with a bar behind the last figure where it has bars.

Drawn by hand, since a report has hundreds of cells that are all different.
"""

from collections.abc import Sequence
from typing import Protocol

from django.utils.html import conditional_escape as escaped
from django.utils.safestring import SafeString, mark_safe


class Row(Protocol):
    """`cells`: the name of the column and what stands there; `bar`: its width in percent, or nothing."""

    @property
    def cells(self) -> Sequence[tuple[str, str]]: ...
    @property
    def bar(self) -> str: ...


class Table(Protocol):
    """`figures`: every column but the first holds numbers."""

    @property
    def head(self) -> Sequence[str]: ...
    @property
    def figures(self) -> bool: ...
    @property
    def drawn_rows(self) -> Sequence[Row]: ...


def drawn_table(table: Table, caption: str = "") -> SafeString:
    of_numbers = ' class="number"' if table.figures else ""
    region = f' role="region" aria-label="{escaped(caption)}"' if caption else ""
    above = f"<caption>{escaped(caption)}</caption>" if caption else ""
    head = "".join(
        f'<th scope="col"{of_numbers if place else ""}>{_column(name)}</th>'
        for place, name in enumerate(table.head)
    )
    rows = "".join(_row(row, of_numbers) for row in table.drawn_rows)
    return mark_safe(  # noqa: S308 - each text is escaped
        f'<div class="table-scroll" tabindex="0"{region}><table class="table table--cards table--wrapped">'
        f"{above}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _column(name: str) -> str:
    return escaped(name) if name else '<span class="visually-hidden">#</span>'


def _row(row: Row, of_numbers: str) -> str:
    (_, first), *others = row.cells
    cells = [
        f"<td{of_numbers}{_label(name)}>{escaped(value)}{_bar(row.bar) if place == len(others) else ''}</td>"
        for place, (name, value) in enumerate(others, start=1)
    ]
    return f'<tr><th scope="row">{escaped(first)}</th>{"".join(cells)}</tr>'


def _label(name: str) -> str:
    return f' data-label="{escaped(name)}"' if name else ""


def _bar(width: str) -> str:
    if not width:
        return ""
    return (
        '<svg class="table-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{width}" height="4"></rect></svg>'
    )
