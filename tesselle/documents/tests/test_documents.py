"""Each format says what it was given, whatever signs a person wrote."""

import io
import json
import sys
from dataclasses import replace

import docx
import pypdfium2
import pytest

from tesselle.documents.document import Bullets, Document, Heading, Paragraph, Table, from_json, to_json
from tesselle.documents.formats import MIMES, Ending
from tesselle.documents.making import as_file
from tesselle.documents.markdown import as_markdown
from tesselle.documents.pdf import as_pdf
from tesselle.documents.word import as_docx
from tesselle.domain.errors import RuleError

NASTY = '#eval("1") *bold* $x$ <b> [link](x) `code` | \\ "quoted" @ref = - + 1. \x07 é'


def document(text: str = NASTY) -> Document:
    return Document(
        title=text,
        language="fr",
        facts=((text, text),),
        blocks=(
            Heading(text),
            Paragraph(f"{text}\r\n\r\n{text}"),
            Paragraph(text, quiet=True),
            Bullets((text, text)),
            Table((text, "b"), ((text, "d"),), figures=True, bars=(1.2,)),
            Table((text, "b"), ((text, "d"),)),
        ),
    )


@pytest.mark.parametrize("ending", MIMES)
def test_every_format_takes_every_sign(ending: Ending):
    assert len(as_file(document(), ending)) > 100


def test_word_shows_them_as_they_were_written():
    made = docx.Document(io.BytesIO(as_docx(document())))

    assert made.paragraphs[0].text == NASTY.replace("\x07", "")
    assert made.core_properties.language == "fr"


def test_word_is_a_sheet_of_a4_that_counts_its_pages():
    made = docx.Document(io.BytesIO(as_docx(document("Nos carreaux"))))

    sheet, table = made.sections[0], made.tables[-1]
    assert sheet.page_width and sheet.page_height and sheet.left_margin
    assert (round(sheet.page_width.cm), round(sheet.page_height.cm)) == (21, 30)
    assert "NUMPAGES" in sheet.footer._element.xml
    assert "w:cantSplit" in table.rows[1]._tr.xml and "w:tblHeader" in table.rows[0]._tr.xml
    assert sum(cell.width or 0 for cell in table.rows[0].cells) <= sheet.page_width - 2 * sheet.left_margin


def test_bars_are_as_long_as_what_they_show():
    table = Table(("Outil", "Points"), (("Un", "100"), ("Deux", "50")), figures=True, bars=(1.0, 0.5))
    made = docx.Document(io.BytesIO(as_docx(Document("Choix", "fr", blocks=(table,)))))

    long, short = (shape.width for shape in made.inline_shapes)
    assert long == pytest.approx(2 * short, rel=0.01)
    assert as_pdf(Document("Choix", "fr", blocks=(table,))).startswith(b"%PDF")


def with_a_last_remark(rows: int) -> Document:
    line = ("Carrelages du Léman (Instagram)", *("1" for _ in range(3)))
    table = Table(
        ("Canal", "Publications mesurées", "Interactions, médiane", "Taux"), (line,) * rows, figures=True
    )
    ending = (
        Heading("Et ensuite"),
        Paragraph("Rien n’a été décidé."),
        Paragraph("Un tiret : pas donné.", quiet=True),
    )
    return Document(title="Rapport", language="fr", blocks=(table, *ending))


def test_a_last_remark_stands_alone_on_no_page():
    """However long what comes before is: the sentence before goes to the new page with it."""
    last_pages = set()
    for rows in range(30, 42):
        pdf = pypdfium2.PdfDocument(as_pdf(with_a_last_remark(rows)))
        last_pages.add(len(pdf))
        words = pdf[len(pdf) - 1].get_textpage().get_text_range()
        pdf.close()
        assert "Rien n’a été décidé" in words and "Un tiret" in words
    assert last_pages == {1, 2}

    word = docx.Document(io.BytesIO(as_docx(with_a_last_remark(1))))
    assert word.paragraphs[-2].paragraph_format.keep_with_next


def test_names_in_tables_of_figures_are_not_broken():
    page = pypdfium2.PdfDocument(as_pdf(with_a_last_remark(2)))
    words = page[0].get_textpage().get_text_range()
    page.close()

    assert "Carrelages du Léman (Instagram)" in words
    assert "médiane" in words and "mesurées" in words


def test_word_is_a4_with_room_for_names_and_the_page_s_number_at_its_foot():
    made = docx.Document(io.BytesIO(as_docx(with_a_last_remark(2))))

    assert round(made.sections[0].page_width.cm, 1) == 21
    first, second, *_rest = (cell.width for cell in made.tables[0].rows[1].cells)
    assert first > 2.5 * second
    assert "NUMPAGES" in made.sections[0].footer._element.xml


def test_markdown_escapes_what_would_be_a_sign():
    text = as_markdown(document("*a* | #b\n- c"))

    assert "\\*a\\* \\| \\#b" in text
    assert "\n- c" not in text


def test_markdown_leaves_numbers_alone_unless_they_would_begin_a_list():
    """A digit cannot be escaped: the sign before it would be read."""
    text = as_markdown(document("71.5 %\n14. mai\n3) trois\n2026.11"))

    assert "71.5 %\n14\\. mai\n3\\) trois\n2026.11" in text


def test_what_a_person_wrote_is_text_for_the_typesetter():
    """As mark-up, the first would stop the typesetting and the second be another size of document."""
    with_code = as_pdf(document('#panic() #read("/etc/passwd")'))

    assert with_code.startswith(b"%PDF")


def test_it_arrives_in_the_other_process_as_it_was():
    assert from_json(json.loads(json.dumps(to_json(document())))) == document()


def test_a_writer_that_fails_is_told_as_such(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")

    with pytest.raises(RuleError):
        as_file(document(), "pdf")


def test_a_column_that_only_numbers_its_rows_takes_little_of_the_page():
    numbered = Table(("N°", "Page"), (("1", "Départ"), ("15–16", "Buffer")))
    named = Table(("Phase", "Planifié"), (("Choisir les outils", "3 h"), ("Tester", "7 h")))

    assert numbered.widths[0] < numbered.widths[1]
    assert named.widths[0] >= named.widths[1]


def paths_in(pdf: bytes) -> int:
    """Whatever is drawn on its first page, bars and lines."""
    opened = pypdfium2.PdfDocument(pdf)
    count = sum(one.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH for one in opened[0].get_objects())
    opened.close()
    return count


def test_what_is_missing_has_no_bar():
    table = Table(
        ("Canal", "Taux"),
        (("Un", "2 %"), ("Deux", "–"), ("Trois", "0 %")),
        figures=True,
        bars=(1.0, 0.0, 0.0),
    )

    told = replace(table, rows=(("Un", "2 %"), ("Deux", "0 %"), ("Trois", "0 %")))

    assert [row.bar for row in table.drawn_rows] == ["100.0", "", "0.0"]
    shapes = [
        len(docx.Document(io.BytesIO(as_docx(Document("Taux", "fr", blocks=(one,))))).inline_shapes)
        for one in (table, told)
    ]
    drawn = [paths_in(as_pdf(Document("Taux", "fr", blocks=(one,)))) for one in (table, told)]
    assert shapes == [2, 3]
    assert drawn[1] - drawn[0] == 1
