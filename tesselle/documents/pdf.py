"""PDF by Typst. What a person wrote reaches it as data and is set as text: it can neither run nor read."""

import base64
import json
from pathlib import Path

import typst

from tesselle.documents.document import OURS, Document, Table, to_json

TEMPLATE = Path(__file__).with_name("document.typ")


def as_pdf(document: Document) -> bytes:
    # Typst knows no base64, but takes bytes as a list of numbers.
    logo = list(base64.b64decode(document.logo))
    values = {
        **to_json(document),
        "language": document.language[:2],
        "logo": logo,
        "colour": document.colour or OURS,
        "widths": [block.widths if isinstance(block, Table) else () for block in document.blocks],
        "bars": [block.drawn_bars if isinstance(block, Table) else () for block in document.blocks],
    }
    made: bytes = typst.compile(
        TEMPLATE.read_bytes(), format="pdf", sys_inputs={"document": json.dumps(values)}
    )
    return made
