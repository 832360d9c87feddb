"""The draft in one's own words: marked as a person's, kept, and given back."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as WordFile

from tesselle.journal.models import Entry
from tesselle.report.models import WrittenPart
from tesselle.workspaces.models import User, Workspace

MONTH = "?month=2026-03"
PART = "/figures/report/parts/done"


def write(client: Client, text: str = "Un bon mois.\r\n\r\nMerci <à tous>.") -> int:
    return client.post(PART + MONTH, {"text": text}).status_code


def page(client: Client) -> str:
    return client.get(reverse("report:report") + MONTH).content.decode()


def test_what_a_person_wrote_stands_in_page_and_file_and_is_marked(as_alice: Client, alice: User):
    assert write(as_alice) == 302

    shown = page(as_alice)
    assert "<p>Un bon mois.</p><p>Merci &lt;à tous&gt;.</p>" in shown
    assert f"Texte de {alice}" in shown
    assert "0 publication est sortie" not in shown
    word = WordFile(io.BytesIO(as_alice.get(reverse("report:file", args=["docx"]) + MONTH).content))
    words = [paragraph.text for paragraph in word.paragraphs]
    assert "Merci <à tous>." in words
    assert any(text.startswith(f"Texte de {alice}") for text in words)
    assert Entry.objects.get(verb="report.part_written").params["month"] == "2026-03"


def test_the_next_month_begins_with_its_own_draft(as_alice: Client):
    write(as_alice)

    other = as_alice.get(reverse("report:report") + "?month=2026-04").content.decode()
    assert "Un bon mois" not in other


def test_back_to_the_written_draft(as_alice: Client):
    write(as_alice)
    assert "0 publication est sortie" in as_alice.get(PART + MONTH).content.decode()

    assert as_alice.post(PART + "/draft" + MONTH).status_code == 302

    assert "0 publication est sortie" in page(as_alice)
    assert "Texte de" not in page(as_alice)
    assert not WrittenPart.objects.exists()


@pytest.mark.parametrize("text", ["", "   ", "x" * 5001])
def test_nothing_and_too_much_are_refused(as_alice: Client, text: str):
    assert write(as_alice, text) == 422
    assert not WrittenPart.objects.exists()


def test_a_report_has_no_other_parts(as_alice: Client):
    assert as_alice.get("/figures/report/parts/secret").status_code == 404


def test_who_only_reads_and_strangers_write_nothing_into_it(
    client: Client, workspace: Workspace, chloe: User, mallory: User, as_alice: Client
):
    write(as_alice)
    client.force_login(chloe)
    assert write(client) == 403
    client.force_login(mallory)
    assert "Un bon mois" not in client.get(PART + MONTH).content.decode()
    write(client, "De Mallory")
    client.post(PART + "/draft" + MONTH)

    assert WrittenPart.objects.get(workspace=workspace).text.startswith("Un bon mois.")
