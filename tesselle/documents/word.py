"""DOCX, with real headings, lists and tables, so that it can be worked on and read aloud."""

import base64
import io
from collections.abc import Sequence

import docx
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import Table as DrawnTable
from docx.table import _Cell, _Row
from PIL import Image

from tesselle.documents.document import OURS, Block, Bullets, Document, Heading, Paragraph, Table
from tesselle.documents.word_looks import WIDTH, dress, edge, foot
from tesselle.documents.xml_text import xml_text

_LOGO_HEIGHT, _LOGO_WIDTH = Cm(1.8), Cm(8)
_FACT_NAMES = Cm(4)
_BAR_HEIGHT, _BAR_ROOM = Cm(0.28), 0.9
_QUIET = RGBColor.from_string("4D5F65")


def as_docx(document: Document) -> bytes:
    page = docx.Document()
    page.core_properties.title = xml_text(document.title)
    page.core_properties.language = document.language
    page.core_properties.author = xml_text(document.author)
    _speak(page, document.language)
    dress(page, document.colour or OURS)
    foot(page, xml_text(document.author))
    if document.logo:
        _picture(page, document)
    page.add_heading(xml_text(document.title), level=0)
    if document.facts:
        _facts(page, document)
    for block in document.blocks:
        _add(page, block, document.colour or OURS)
    if len(document.blocks) > 1 and isinstance(document.blocks[-1], Paragraph):
        page.paragraphs[-2].paragraph_format.keep_with_next = True  # a last remark stands alone on no page
    stream = io.BytesIO()
    page.save(stream)
    return stream.getvalue()


def _add(page: Docx, block: Block, colour: str) -> None:
    match block:
        case Heading(text, level):
            page.add_heading(xml_text(text), level=level)
        case Paragraph(text, quiet):
            for part in xml_text(text).split("\n"):
                run = page.add_paragraph().add_run(part)
                if quiet:
                    run.font.size, run.font.color.rgb = Pt(8.5), _QUIET
        case Bullets(items):
            for item in items:
                page.add_paragraph(xml_text(item), style="List Bullet")
        case Table():
            _table(page, block, colour)


def _facts(page: Docx, document: Document) -> None:
    """As in the other format: names and values without lines."""
    drawn = page.add_table(rows=0, cols=2)
    for fact in document.facts:
        _fill(drawn.add_row(), fact, bold=False, figures=False)
    _set_widths(drawn, [_FACT_NAMES, WIDTH - _FACT_NAMES])
    page.add_paragraph().paragraph_format.space_after = Pt(0)


def _table(page: Docx, table: Table, colour: str) -> None:
    widths = [int(WIDTH * share / sum(table.widths)) for share in table.widths]
    drawn = page.add_table(rows=0, cols=len(widths))
    edge(drawn)
    if table.head:
        row = drawn.add_row()
        _fill(row, table.head, bold=True, figures=table.figures)
        # Repeated on each page, and told as the head by a screen reader.
        _mark(row, "w:tblHeader")
    for place, values in enumerate(table.rows):
        row = drawn.add_row()
        _fill(row, values, bold=False, figures=table.figures)
        _mark(row, "w:cantSplit")
        bar = table.drawn_bars[place]
        if bar is not None:
            _bar(row.cells[-1], bar * widths[-1], colour)
    _set_widths(drawn, widths)
    page.add_paragraph().paragraph_format.space_after = Pt(0)


def _bar(cell: _Cell, width: float, colour: str) -> None:
    """A picture that says what the figure before it says, so a reader of screens passes over it."""
    stream = io.BytesIO()
    Image.new("RGB", (1, 1), colour).save(stream, "PNG")
    stream.seek(0)
    size = max(Cm(0.03), Emu(int(width * _BAR_ROOM)))
    picture = cell.paragraphs[0].add_run().add_picture(stream, width=size, height=_BAR_HEIGHT)
    picture._inline.docPr.set("descr", "")


def _set_widths(drawn: DrawnTable, widths: Sequence[int]) -> None:
    """On the grid for some readers, on each cell for the others."""
    drawn.autofit = False
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = Emu(width)
        for cell in column.cells:
            cell.width = Emu(width)


def _mark(row: _Row, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _fill(row: _Row, values: tuple[str, ...], *, bold: bool, figures: bool) -> None:
    for place, (cell, value) in enumerate(zip(row.cells, values, strict=False)):
        run = cell.paragraphs[0].add_run(xml_text(value))
        run.bold, run.font.size = bold, Pt(9)
        cell.paragraphs[0].paragraph_format.space_after = Pt(0)
        if figures and place:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _picture(page: Docx, document: Document) -> None:
    """The company's logo, above the title."""
    drawn = page.add_paragraph().add_run().add_picture(_as_png(document.logo), height=_LOGO_HEIGHT)
    if drawn.width > _LOGO_WIDTH:
        drawn.height = drawn.height * _LOGO_WIDTH // drawn.width
        drawn.width = _LOGO_WIDTH
    drawn._inline.docPr.set("descr", xml_text(document.author))


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
