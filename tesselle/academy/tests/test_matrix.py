"""The matrix as a table: out, and back in."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tesselle.academy.models import (
    Cell,
    Path,
)
from tesselle.academy.tests.scoring import plain, score
from tesselle.journal.models import Entry


def test_the_matrix_goes_out_and_comes_back_the_same(as_alice: Client, laid_out: Path):
    score(laid_out, Buffer=[4, 3])
    cell = Cell.objects.filter(score=4).get()
    cell.note, cell.read_on = "=1+1 minutes", date(2026, 11, 25)
    cell.save()
    before = list(Cell.objects.exclude(fact="", score=None).order_by("pk").values())
    data = as_alice.get("/path/choosing/matrix.xlsx").content
    Cell.objects.filter(score=4).update(score=None, note="", fact="", source="")

    as_alice.post("/path/choosing/matrix/bring-in/", {"table": SimpleUploadedFile("m.xlsx", data)})

    assert list(Cell.objects.exclude(fact="", score=None).order_by("pk").values()) == before


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_of_the_table_is_a_formula(as_alice: Client, laid_out: Path, sign: str):
    tool = laid_out.tools.first()
    tool.name = f"{sign}HYPERLINK(1)"
    tool.save()
    Cell.objects.filter(tool=tool).update(note=f"{sign}1+1")

    book = openpyxl.load_workbook(io.BytesIO(as_alice.get("/path/choosing/matrix.xlsx").content))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(str(cell.value) == f"'{sign}HYPERLINK(1)" for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)
    assert not any(str(cell.value).startswith(sign) for cell in cells if cell.data_type == "s")


def table(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    book.active.append(["Outil", "Critère", "Note"])
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("m.xlsx", stream.getvalue())


def test_a_new_tool_comes_in_and_an_unknown_criterion_is_left_out(as_alice: Client, laid_out: Path):
    known = laid_out.criteria.first().name
    sent = {"table": table(("Nouveau", known, 3), ("Nouveau", "Inconnu", 2))}

    answer = as_alice.post("/path/choosing/matrix/bring-in/", sent, follow=True)

    assert [cell.score for cell in laid_out.tools.get(name="Nouveau").cells.all()] == [3]
    assert "Inconnu" in plain(answer)


@pytest.mark.parametrize("value", [5, -1, 2.5, "beaucoup"])
def test_a_score_beyond_its_range_keeps_nothing_of_the_table(as_alice: Client, laid_out: Path, value: object):
    known = laid_out.criteria.first().name

    as_alice.post(
        "/path/choosing/matrix/bring-in/", {"table": table(("Nouveau", known, 3), ("Nouveau", known, value))}
    )

    assert not laid_out.tools.filter(name="Nouveau").exists()


@pytest.mark.parametrize("data", [b"", b"no table", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_table_is_refused_in_words(as_alice: Client, laid_out: Path, data: bytes):
    sent = {"table": SimpleUploadedFile("m.xlsx", data)}

    answer = as_alice.post("/path/choosing/matrix/bring-in/", sent, follow=True)

    assert answer.status_code == 200
    assert not Entry.objects.filter(verb="path.matrix_imported").exists()
