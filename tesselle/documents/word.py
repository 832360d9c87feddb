"""DOCX, with real headings, lists and tables, so that it can be worked on and read aloud."""

import base64
import io

import docx
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Row
from PIL import Image

from tesselle.documents.document import Block, Bullets, Document, Heading, Paragraph, Table
from tesselle.documents.xml_text import xml_text

_LOGO_HEIGHT, _LOGO_WIDTH = Cm(1.8), Cm(8)


def as_docx(document: Document) -> bytes:
    page = docx.Document()
    page.core_properties.title = xml_text(document.title)
    page.core_properties.language = document.language
    page.core_properties.author = xml_text(document.author)
    _speak(page, document.language)
    _dress(page, document)
    page.add_heading(xml_text(document.title), level=0)
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
            page.add_heading(xml_text(text), level=level)
        case Paragraph(text, quiet):
            for part in xml_text(text).split("\n"):
                run = page.add_paragraph().add_run(part)
                run.italic = quiet
                run.font.size = Pt(9) if quiet else None
        case Bullets(items):
            for item in items:
                page.add_paragraph(xml_text(item), style="List Bullet")
        case Table():
            _table(page, block)


def _table(page: Docx, table: Table) -> None:
    width = max(len(row) for row in (table.head, *table.rows))
    drawn = page.add_table(rows=0, cols=width, style="Table Grid")
    if table.head:
        row = drawn.add_row()
        _fill(row, table.head, bold=True, figures=table.figures)
        # Repeated on each page, and told as the head by a screen reader.
        properties = row._tr.get_or_add_trPr()
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        properties.append(mark)
    for values in table.rows:
        _fill(drawn.add_row(), values, bold=False, figures=table.figures)
    page.add_paragraph()


def _fill(row: _Row, values: tuple[str, ...], *, bold: bool, figures: bool) -> None:
    for place, (cell, value) in enumerate(zip(row.cells, values, strict=False)):
        run = cell.paragraphs[0].add_run(xml_text(value))
        run.bold = bold
        if figures and place:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _dress(page: Docx, document: Document) -> None:
    """The company's logo above the title, its colour on the headings."""
    if document.logo:
        drawn = page.add_paragraph().add_run().add_picture(_as_png(document.logo), height=_LOGO_HEIGHT)
        if drawn.width > _LOGO_WIDTH:
            drawn.height = drawn.height * _LOGO_WIDTH // drawn.width
            drawn.width = _LOGO_WIDTH
        drawn._inline.docPr.set("descr", xml_text(document.author))
    if document.colour:
        for style in ("Title", "Heading 1", "Heading 2", "Heading 3"):
            page.styles[style].font.color.rgb = RGBColor.from_string(
                document.colour.removeprefix("#").upper()
            )


def _as_png(logo: str) -> io.BytesIO:
    """python-docx refuses a JPEG whose metadata were taken out."""
    stream = io.BytesIO()
    Image.open(io.BytesIO(base64.b64decode(logo))).save(stream, "PNG")
    stream.seek(0)
    return stream


def _speak(page: Docx, language: str) -> None:
    """The language of the text, for spelling and for voices."""
    properties = page.styles["Normal"].element.get_or_add_rPr()
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), {"fr": "fr-CH", "en": "en-GB"}.get(language[:2], language))
    properties.append(mark)
