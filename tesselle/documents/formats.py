"""The formats a document is given in, by the ending of its file."""

from typing import Literal

Ending = Literal["docx", "pdf", "md"]

MIMES: dict[Ending, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
}


def ending_of(asked: str) -> Ending | None:
    """None: there is no such format."""
    return next((ending for ending in MIMES if ending == asked), None)
