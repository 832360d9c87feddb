"""Markdown; what a person wrote is escaped, so that it reads as it was written."""

import re

from tesselle.documents.document import Block, Bullets, Document, Heading, Paragraph, Table

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~])")
# At the start of a line these would make a list, a heading or a rule; of "14. May" it is the dot that is escaped,
# since a digit cannot be.
_FIRST = re.compile(r"^(\s*|\s*\d+(?=[.)](?:\s|$)))([-+=]|(?<=\d)[.)])", re.M)


def as_markdown(document: Document) -> str:
    parts = [f"# {_line(document.title)}"]
    parts += [f"- **{_line(name)}**: {_line(value)}" for name, value in document.facts]
    parts += [_drawn(block) for block in document.blocks]
    return "\n\n".join(parts) + "\n"


def _drawn(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * (level + 1)} {_line(text)}"
        case Paragraph(text, quiet):
            parts = [
                _escaped(part) for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()
            ]
            return "\n\n".join(f"*{' '.join(part.split())}*" if quiet else part for part in parts)
        case Bullets(items):
            return "\n".join(f"- {_line(item)}" for item in items)
        case Table(head, rows):
            lines = [_row(head), _row(("---",) * len(head), plain=True), *(_row(row) for row in rows)]
            return "\n".join(lines)


def _row(values: tuple[str, ...], *, plain: bool = False) -> str:
    return "| " + " | ".join(value if plain else _line(value) for value in values) + " |"


def _line(text: str) -> str:
    return " ".join(_escaped(text).split())


def _escaped(text: str) -> str:
    return _FIRST.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", text))
