"""Each format says what it was given, whatever signs a person wrote."""

import io

import docx
import pytest

from tesselle.academy.documents.document import Bullets, Document, Heading, Paragraph, Table
from tesselle.academy.documents.formats import FORMATS
from tesselle.academy.documents.markdown import as_markdown
from tesselle.academy.documents.word import as_docx

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
            Table((text, "b"), ((text, "d"),)),
        ),
    )


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_takes_every_sign(ending: str):
    assert len(FORMATS[ending].make(document())) > 100


def test_word_shows_them_as_they_were_written():
    made = docx.Document(io.BytesIO(as_docx(document())))

    assert made.paragraphs[0].text == NASTY.replace("\x07", "")
    assert made.core_properties.language == "fr"


def test_markdown_escapes_what_would_be_a_sign():
    text = as_markdown(document("*a* | #b\n- c"))

    assert "\\*a\\* \\| \\#b" in text
    assert "\n- c" not in text


def test_what_a_person_wrote_is_text_for_the_typesetter():
    """As mark-up, the first would stop the typesetting and the second be another size of document."""
    with_code = FORMATS["pdf"].make(document('#panic() #read("/etc/passwd")'))

    assert with_code.startswith(b"%PDF")
