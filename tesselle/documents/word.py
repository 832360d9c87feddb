"""DOCX, with real headings, lists and tables, so that it can be worked on and read aloud."""

import base64
import io
from collections.abc import Sequence

import docx
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import Table as DrawnTable
from docx.table import _Cell, _Row
from PIL import Image

from tesselle.documents.document import Block, Bullets, Document, Heading, Paragraph, Table
from tesselle.documents.xml_text import xml_text

_LOGO_HEIGHT, _LOGO_WIDTH = Cm(1.8), Cm(8)
_PAGE, _MARGIN = (Cm(21), Cm(29.7)), Cm(2.4)
_TEXT_WIDTH = _PAGE[0] - 2 * _MARGIN
_FACT_NAMES = Cm(4)
_OURS = "#0c5c6e"
_BAR_HEIGHT, _BAR_ROOM = Cm(0.28), 0.9


def as_docx(document: Document) -> bytes:
    page = docx.Document()
    page.core_properties.title = xml_text(document.title)
    page.core_properties.language = document.language
    page.core_properties.author = xml_text(document.author)
    _speak(page, document.language)
    _lay_out(page, document)
    _dress(page, document)
    page.add_heading(xml_text(document.title), level=0)
    if document.facts:
        _facts(page, document)
    for block in document.blocks:
        _add(page, block, document.colour or _OURS)
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
                run.italic = quiet
                run.font.size = Pt(9) if quiet else None
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
    _set_widths(drawn, [_FACT_NAMES, _TEXT_WIDTH - _FACT_NAMES])
    page.add_paragraph()


def _table(page: Docx, table: Table, colour: str) -> None:
    width = max(len(row) for row in (table.head, *table.rows)) + bool(table.bars)
    drawn = page.add_table(rows=0, cols=width, style="Table Grid")
    widths = _widths(width, table)
    if table.head:
        row = drawn.add_row()
        _fill(row, table.head, bold=True, figures=table.figures)
        # Repeated on each page, and told as the head by a screen reader.
        _mark(row, "w:tblHeader")
    for place, values in enumerate(table.rows):
        row = drawn.add_row()
        _fill(row, values, bold=False, figures=table.figures)
        _mark(row, "w:cantSplit")
        if table.bars:
            _bar(row.cells[-1], table.bars[place] * widths[-1], colour)
    _set_widths(drawn, widths)
    page.add_paragraph()


def _bar(cell: _Cell, width: float, colour: str) -> None:
    """A picture that says what the figure before it says, so a reader of screens passes over it."""
    stream = io.BytesIO()
    Image.new("RGB", (1, 1), colour).save(stream, "PNG")
    stream.seek(0)
    size = max(Cm(0.03), Emu(int(width * _BAR_ROOM)))
    picture = cell.paragraphs[0].add_run().add_picture(stream, width=size, height=_BAR_HEIGHT)
    picture._inline.docPr.set("descr", "")


def _widths(columns: int, table: Table) -> list[int]:
    """What a row is about takes twice the room of a figure; a bar is there to be looked at."""
    if table.bars:
        shares = [4, *(3 for _ in range(columns - 2)), 5]
    else:
        shares = [2 if place == 0 and (table.figures or columns > 3) else 1 for place in range(columns)]
    return [_TEXT_WIDTH * share // sum(shares) for share in shares]


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
        run.bold = bold
        if figures and place:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _lay_out(page: Docx, document: Document) -> None:
    """A sheet of A4; at its foot who stands for it, and which of how many it is."""
    sheet = page.sections[0]
    sheet.page_width, sheet.page_height = _PAGE
    sheet.left_margin = sheet.right_margin = sheet.top_margin = sheet.bottom_margin = _MARGIN
    foot = sheet.footer.paragraphs[0]
    foot.style = page.styles["Normal"]  # that of a footer has stops of its own
    foot.paragraph_format.tab_stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    for part in (f"{xml_text(document.author)}\t", _field("PAGE"), " / ", _field("NUMPAGES")):
        run = foot.add_run(part if isinstance(part, str) else "")
        run.font.size = Pt(8)
        if not isinstance(part, str):
            run._r.extend(part)


def _field(what: str) -> list[BaseOxmlElement]:
    """Worked out by whoever opens it."""
    begin, asked, end = OxmlElement("w:fldChar"), OxmlElement("w:instrText"), OxmlElement("w:fldChar")
    begin.set(qn("w:fldCharType"), "begin")
    asked.text = what
    end.set(qn("w:fldCharType"), "end")
    return [begin, asked, end]


def _dress(page: Docx, document: Document) -> None:
    """The company's logo above the title, its colour on the headings; else ours."""
    if document.logo:
        drawn = page.add_paragraph().add_run().add_picture(_as_png(document.logo), height=_LOGO_HEIGHT)
        if drawn.width > _LOGO_WIDTH:
            drawn.height = drawn.height * _LOGO_WIDTH // drawn.width
            drawn.width = _LOGO_WIDTH
        drawn._inline.docPr.set("descr", xml_text(document.author))
    colour = RGBColor.from_string((document.colour or _OURS).removeprefix("#").upper())
    for style in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        page.styles[style].font.color.rgb = colour


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
