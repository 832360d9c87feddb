"""How a Word file looks: its page, its titles, the lines of its tables, the foot of each page."""

from docx.document import Document as Docx
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

_PAGE, _MARGIN = (Cm(21), Cm(29.7)), Cm(2.4)
WIDTH = _PAGE[0] - 2 * _MARGIN
_SIZES = {"Title": 20, "Heading 1": 14, "Heading 2": 12, "Heading 3": 11}
_LINE = "C5CDC8"


def dress(page: Docx, colour: str) -> None:
    """A4, with titles in that colour, as #rrggbb."""
    section = page.sections[0]
    section.page_width, section.page_height = _PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    normal = page.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(4)
    for name, size in _SIZES.items():
        style = page.styles[name]
        style.font.size, style.font.bold = Pt(size), True
        style.font.color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())
        style.paragraph_format.space_before = Pt(0 if name == "Title" else 14)
        style.paragraph_format.space_after = Pt(4)
    under = page.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if under is not None:
        under.getparent().remove(under)


def edge(table: Table) -> None:
    """A thin line below each row, none between columns."""
    edges = OxmlElement("w:tblBorders")
    for side in ("bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", _LINE)):
            line.set(qn(f"w:{name}"), value)
        edges.append(line)
    table._tbl.tblPr.append(edges)


def foot(page: Docx, author: str) -> None:
    """Who it is from, and which page of how many."""
    style = page.styles["Footer"]
    style.font.size = Pt(8)
    style.paragraph_format.tab_stops.clear_all()
    line = page.sections[0].footer.paragraphs[0]
    line.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(f"{author}\t")
    _count(line, "PAGE")
    line.add_run(" / ")
    _count(line, "NUMPAGES")


def _count(line: Paragraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    line._p.append(field)
