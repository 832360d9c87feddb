"""A report as plain values, from which page, PDF and Word file are made alike."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """`paragraphs` are whole sentences; `table` comes after them."""

    title: str
    paragraphs: tuple[str, ...]
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    company: str
    span: str
    sections: tuple[Section, ...]
    foot: str
    language: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)
