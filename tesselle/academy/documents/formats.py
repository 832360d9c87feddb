"""The formats a document is given in. Their makers are loaded only when one is asked for."""

from collections.abc import Callable
from dataclasses import dataclass

from tesselle.academy.documents.document import Document


@dataclass(frozen=True, slots=True)
class Format:
    ending: str
    mime: str
    make: Callable[[Document], bytes]


def _docx(document: Document) -> bytes:
    from tesselle.academy.documents.word import as_docx

    return as_docx(document)


def _pdf(document: Document) -> bytes:
    from tesselle.academy.documents.pdf import as_pdf

    return as_pdf(document)


def _markdown(document: Document) -> bytes:
    from tesselle.academy.documents.markdown import as_markdown

    return as_markdown(document).encode()


FORMATS = {
    one.ending: one
    for one in (
        Format("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _docx),
        Format("pdf", "application/pdf", _pdf),
        Format("md", "text/markdown; charset=utf-8", _markdown),
    )
}
