"""PDF by Typst. What a person wrote reaches it as data and is set as text: it can neither run nor read."""

import json
from pathlib import Path

import typst

from tesselle.documents.document import Document, to_json

TEMPLATE = Path(__file__).with_name("document.typ")


def as_pdf(document: Document) -> bytes:
    values = {**to_json(document), "language": document.language[:2]}
    made: bytes = typst.compile(
        TEMPLATE.read_bytes(), format="pdf", sys_inputs={"document": json.dumps(values)}
    )
    return made
