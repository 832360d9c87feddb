"""DOCX, with real headings, lists and tables, so that it can be worked on and read aloud."""

import io
import re

import docx
from docx.document import Document as Docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import _Row

from tesselle.academy.documents.document import Block, Bullets, Document, Heading, Paragraph, Table

# What XML cannot hold; a pasted text may bring it along.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def as_docx(document: Document) -> bytes:
    page = docx.Document()
    page.core_properties.title = _clean(document.title)
    page.core_properties.language = document.language
    page.core_properties.author = ""
    _speak(page, document.language)
    page.add_heading(_clean(document.title), level=0)
    if document.facts:
        _table(page, Table((), document.facts))
    for block in document.blocks:
        _add(page, block)
    stream = io.BytesIO()
    page.save(stream)
    return stream.getvalue()


def _add(page: Docx, block: Block) -> None:
    match block:
        case Heading(text, level):
            page.add_heading(_clean(text), level=level)
        case Paragraph(text, quiet):
            for part in _clean(text).split("\n"):
                run = page.add_paragraph().add_run(part)
                run.italic = quiet
                run.font.size = Pt(9) if quiet else None
        case Bullets(items):
            for item in items:
                page.add_paragraph(_clean(item), style="List Bullet")
        case Table():
            _table(page, block)


def _table(page: Docx, table: Table) -> None:
    width = max(len(row) for row in (table.head, *table.rows))
    drawn = page.add_table(rows=0, cols=width, style="Table Grid")
    if table.head:
        row = drawn.add_row()
        _fill(row, table.head, bold=True)
        # Repeated on each page, and told as the head by a screen reader.
        properties = row._tr.get_or_add_trPr()
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        properties.append(mark)
    for values in table.rows:
        _fill(drawn.add_row(), values, bold=False)
    page.add_paragraph()


def _fill(row: _Row, values: tuple[str, ...], *, bold: bool) -> None:
    for cell, value in zip(row.cells, values, strict=False):
        run = cell.paragraphs[0].add_run(_clean(value))
        run.bold = bold


def _speak(page: Docx, language: str) -> None:
    """The language of the text, for spelling and for voices."""
    properties = page.styles["Normal"].element.get_or_add_rPr()
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), {"fr": "fr-CH", "en": "en-GB"}.get(language[:2], language))
    properties.append(mark)


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
