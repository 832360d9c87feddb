"""The monthly report: what stands in it, as page, PDF and Word file."""

import io
import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as WordFile
from hypothesis import given
from hypothesis import strategies as st

from tesselle.adapt.services import accept
from tesselle.adapt.tests.factories import make_habit_suggestion
from tesselle.documents.document import Table
from tesselle.documents.making import as_file
from tesselle.domain.indicators import Base
from tesselle.measure.choice import choose_base
from tesselle.measure.models import BusinessResult
from tesselle.measure.tests.factories import make_channel, make_counts, make_mark, make_out
from tesselle.report.document import Report, Section
from tesselle.report.month import Month
from tesselle.workspaces.models import User, Workspace

ZURICH = ZoneInfo("Europe/Zurich")
NASTY = '#panic("no") $x$ *bold* <b> \\ @ref // "quoted"'


def this_month(workspace: Workspace) -> dict[str, str]:
    return {"month": f"{workspace.now().astimezone(workspace.tz):%Y-%m}"}


def page_of(client: Client, workspace: Workspace) -> str:
    return client.get(reverse("report:report"), this_month(workspace)).content.decode()


def make_report(text: str) -> Report:
    section = Section(
        "Ce qui a été fait", (text,), Table(("Canal", "Sorties"), ((text, "3"), ("Mastodon", "–")))
    )
    return Report("Rapport", text, "mars", (section,), "pied", "fr")


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_months_follow_one_another_without_gap(day):
    month = Month.of(day, ZURICH)

    assert month.first <= day <= month.last
    assert month.following.previous == month
    assert month.until == month.following.since
    assert month.since < month.until


def test_a_month_begins_at_midnight_where_the_workspace_is():
    assert Month.of(date(2026, 7, 20), ZURICH).since == datetime(2026, 6, 30, 22, tzinfo=UTC)


def test_a_month_in_which_nothing_happened_claims_nothing(as_alice: Client, workspace: Workspace):
    page = page_of(as_alice, workspace)

    assert "0 publication est sortie" in page
    assert "pas encore de chiffres" in page or "n’a encore de chiffres" in page
    assert "Les chiffres n’ont pas encore été comparés" in page
    assert "Rien n’a été décidé ce mois-ci" in page


def test_what_was_decided_and_noted_this_month_stands_in_it(
    as_alice: Client, workspace: Workspace, alice: User
):
    accept(make_habit_suggestion(workspace), by=alice)
    day = workspace.now().astimezone(workspace.tz).date()
    BusinessResult.objects.create(workspace=workspace, day=day, kind="quote", count=3)

    page = page_of(as_alice, workspace)

    assert "Décidé" in page
    assert "3 demandes de devis" in page


def test_what_was_signed_is_told_in_the_workspaces_currency_on_the_page_and_in_its_files(
    as_alice: Client, workspace: Workspace
):
    workspace.currency = "EUR"
    workspace.save()
    BusinessResult.objects.create(workspace=workspace, day=workspace.today(), kind="job", value=9600)
    asked = this_month(workspace)

    word, text = (as_alice.get(reverse("report:file", args=[kind]), asked).content for kind in ("docx", "md"))

    told = "9\u00a0600\u00a0EUR"
    assert told in page_of(as_alice, workspace)
    assert "9 600 EUR" in text.decode()
    tables = WordFile(io.BytesIO(word)).tables
    assert told in [cell.text for table in tables for row in table.rows for cell in row.cells]


def test_figures_are_those_of_posts_of_the_month(as_alice: Client, workspace: Workspace):
    channel = make_channel(workspace)
    for days in (30 * n + 20 for n in range(3)):
        make_mark(channel, days, **make_counts(10 + days))
    mark = make_mark(channel, 40, **make_counts(77))
    month = f"{mark.published_at.astimezone(workspace.tz):%Y-%m}"

    page = as_alice.get(reverse("report:report"), {"month": month}).content.decode()

    assert "mesurée" in page
    assert "77" in page


def test_channels_are_drawn_beside_one_another_on_the_page_as_in_its_files(
    as_alice: Client, workspace: Workspace, alice: User
):
    choose_base(workspace, Base.FOLLOWERS, by=alice)
    for handle, followers in (("a", 400), ("b", 800)):
        mark = make_mark(make_channel(workspace, handle), 40, followers=followers, **make_counts(20))
    month = f"{mark.published_at.astimezone(workspace.tz):%Y-%m}"

    page = as_alice.get(reverse("report:report"), {"month": month}).content.decode()

    assert re.findall('class="table-bar".*?<rect width="([0-9.]+)"', page) == ["100.0", "50.0"]


def test_one_channel_alone_has_no_bar(as_alice: Client, workspace: Workspace):
    mark = make_mark(make_channel(workspace), 40, **make_counts(20))
    month = f"{mark.published_at.astimezone(workspace.tz):%Y-%m}"

    assert "table-bar" not in as_alice.get(reverse("report:report"), {"month": month}).content.decode()


def test_what_people_wrote_never_becomes_markup_in_the_pdf():
    data = as_file(make_report(NASTY).as_document(), "pdf")

    assert data.startswith(b"%PDF-")
    assert len(data) > 5000


def test_the_word_file_holds_the_same_words():
    word = WordFile(io.BytesIO(as_file(make_report(NASTY).as_document(), "docx")))

    assert NASTY in [paragraph.text for paragraph in word.paragraphs]
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows] == [
        ["Canal", "Sorties"],
        [NASTY, "3"],
        ["Mastodon", "–"],
    ]


def test_signs_that_no_word_file_can_hold_do_not_spoil_it():
    word = WordFile(io.BytesIO(as_file(make_report("Zellige\x0b\x00 bleu").as_document(), "docx")))

    assert any("Zellige bleu" in paragraph.text for paragraph in word.paragraphs)


@pytest.mark.parametrize("kind", ["pdf", "docx", "md"])
def test_the_file_is_handed_over_under_the_months_name(as_alice: Client, workspace: Workspace, kind: str):
    answer = as_alice.get(reverse("report:file", args=[kind]), {"month": "2026-03"})

    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="tesselle-2026-03.{kind}"'


@pytest.mark.parametrize("asked", ["2026-13", "all", "2026-3", "../etc"])
def test_nonsense_means_the_last_whole_month(as_alice: Client, workspace: Workspace, asked: str):
    this = Month.of(workspace.today(), workspace.tz)
    url = reverse("report:report")

    # Nothing went out before: a first month is the one to look at.
    assert f"?month={this.key}" in as_alice.get(url, {"month": asked}).content.decode()
    make_out(make_channel(workspace), this.since - timedelta(days=40))
    assert f"?month={this.previous.key}" in as_alice.get(url, {"month": asked}).content.decode()


def test_there_are_only_these_files(as_alice: Client):
    assert as_alice.get(reverse("report:file", args=["exe"])).status_code == 404


def test_a_stranger_reads_their_own_report_only(
    client: Client, mallory: User, workspace: Workspace, alice: User
):
    make_channel(workspace, "carreaux-secrets")
    accept(make_habit_suggestion(workspace), by=alice)
    client.force_login(mallory)

    page = page_of(client, workspace)

    assert "Carreaux du Lac" not in page
    assert "Décidé" not in page
