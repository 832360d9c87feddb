"""A document as plain values; each format is drawn from it, and none of them reads it as its own markup."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

OURS = "#0c5c6e"
"""The colour of titles where a company has none of its own."""
NOTHING = "–"
"""What stands where a figure is missing."""
FEW_SIGNS = 7
"""So short is what stands in a column that only numbers its rows."""


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`quiet`: a remark, such as where a sentence comes from."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """Each cell with the name of its column; `bar`: its width in percent, for a page, or nothing."""

    cells: tuple[tuple[str, str], ...]
    bar: str


@dataclass(frozen=True, slots=True)
class Table:
    """`figures`: every column but the first holds numbers. `bars`: for each row how long its bar is, from 0 to 1,
    drawn behind its last column; none where there is nothing to look at. A row whose last cell is a dash has none: what
    is missing is not zero."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: bool = False
    bars: tuple[float, ...] = ()

    @property
    def widths(self) -> tuple[float, ...]:
        """What share of the page each column has: names need room, numbers little; a bar is there to be looked at."""
        count = max(len(row) for row in (self.head, *self.rows))
        first = (3.0 if count < 5 else 2.2) if self.figures else 2.0 if count > 3 else 1.0
        if self.rows and not self.figures and max(len(row[0]) for row in self.rows) <= FEW_SIGNS:
            first = 0.4
        if self.bars:
            return 1.4, *(1.0 for _ in range(count - 1)), 1.7
        return first, *(1.0 for _ in range(count - 1))

    @property
    def drawn_bars(self) -> list[float | None]:
        """From 0 to 1, a row each; None: nothing is drawn."""
        if not self.bars:
            return [None] * len(self.rows)
        return [
            None if row[-1] == NOTHING else min(max(bar, 0.0), 1.0)
            for row, bar in zip(self.rows, self.bars, strict=True)
        ]

    @property
    def drawn_rows(self) -> list[DrawnRow]:
        return [
            DrawnRow(tuple(zip(self.head, row, strict=False)), "" if bar is None else f"{100 * bar:.1f}")
            for row, bar in zip(self.rows, self.drawn_bars, strict=True)
        ]


Block = Heading | Paragraph | Bullets | Table
_KINDS: Mapping[str, type[Block]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "bullets": Bullets,
    "table": Table,
}


@dataclass(frozen=True, slots=True)
class Document:
    """`facts`: what stands below the title, as name and value. `author`: who stands at the foot of each page.

    `colour`: of titles, as #rrggbb; empty: ours. `logo`: a PNG or a JPEG in base64, above the title.
    """

    title: str
    language: str
    facts: tuple[tuple[str, str], ...] = ()
    blocks: tuple[Block, ...] = field(default=())
    author: str = ""
    colour: str = ""
    logo: str = ""


def to_json(document: Document) -> dict[str, Any]:
    kinds = {made: kind for kind, made in _KINDS.items()}
    blocks = [{"kind": kinds[type(block)], **asdict(block)} for block in document.blocks]
    return {**asdict(document), "blocks": blocks}


def from_json(values: Mapping[str, Any]) -> Document:
    blocks = tuple(_block(dict(block)) for block in values["blocks"])
    return Document(**{**values, "blocks": blocks, "facts": _tuples(values["facts"])})


def _block(values: dict[str, Any]) -> Block:
    return _KINDS[values.pop("kind")](**{name: _tuples(value) for name, value in values.items()})


def _tuples(value: Any) -> Any:
    """JSON knows lists only."""
    return tuple(_tuples(one) for one in value) if isinstance(value, list | tuple) else value
