"""PDF by Typst. What a person wrote reaches it as data and is set as text: it can neither run nor read."""

import json
from pathlib import Path

from tesselle.academy.documents.document import Block, Bullets, Document, Heading, Paragraph, Table

TEMPLATE = Path(__file__).with_name("document.typ")


def as_pdf(document: Document) -> bytes:
    import typst

    values = json.dumps(
        {
            "title": document.title,
            "language": document.language[:2],
            "facts": document.facts,
            "blocks": [_value(block) for block in document.blocks],
        }
    )
    made: bytes = typst.compile(TEMPLATE.read_bytes(), format="pdf", sys_inputs={"document": values})
    return made


def _value(block: Block) -> dict[str, object]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": text, "level": level}
        case Paragraph(text, quiet):
            return {"kind": "paragraph", "quiet": quiet, "parts": text.replace("\r\n", "\n").split("\n")}
        case Bullets(items):
            return {"kind": "bullets", "items": items}
        case Table(head, rows):
            return {"kind": "table", "head": head, "rows": rows}
