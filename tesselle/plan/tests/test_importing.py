"""A table from a spreadsheet: looked at row by row, then imported."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.domain.errors import RuleError
from tesselle.ledger.models import Delivery
from tesselle.plan.rhythm.rows import rows_of
from tesselle.plan.rhythm.tables import read_table
from tesselle.plan.tests.test_calendar import channel_in
from tesselle.strategy.models import Pillar
from tesselle.workspaces.models import User, Workspace

GOOD = "date;heure;texte;canaux;pilier\n24.12.2030;9h30;Joyeux Noël;carreaux;Chantiers\n;;Une idée;;\n"


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    Pillar.objects.create(workspace=workspace, name="Chantiers")
    return channel_in(workspace)


def look(client: Client, data: bytes | str, name: str = "posts.csv") -> Any:
    raw = data.encode() if isinstance(data, str) else data
    return client.post(reverse("plan:import_look"), {"table": SimpleUploadedFile(name, raw)})


def run(client: Client, page: Any, **values: str) -> Any:
    return client.post(reverse("plan:import_run"), {"kept": page.context["kept"], **values})


def workbook(*rows: list[object]) -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


def test_rows_with_a_day_are_planned_and_others_are_drafts(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    page = look(as_alice, GOOD)
    assert not Post.objects.exists()
    run(as_alice, page)

    [delivery] = Delivery.objects.select_related("post__pillar")
    assert (delivery.local_at, delivery.post.pillar.name) == ("2030-12-24T09:30", "Chantiers")
    assert Post.objects.filter(deliveries=None).get().name == "Une idée"


def test_names_are_known_as_people_type_them_in_a_spreadsheet(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    Pillar.objects.create(workspace=workspace, name="L’équipe")
    Channel.objects.create(workspace=workspace, network="google_business", kind="location", remote_id="1")

    page = look(as_alice, "texte;canaux;pilier\nOuvert;Google Business Profile;l'équipe\n")

    # Without a picture the network itself has objections; the names are understood.
    [(_row, problems)] = page.context["rows"]
    assert not [one for one in problems if "s’appelle" in one]


def test_drafts_alone_are_shown_where_drafts_are(as_alice: Client, channel: Channel):
    page = look(as_alice, "texte\nUne idée\n")

    assert run(as_alice, page).headers["Location"] == reverse("compose:drafts")


def test_a_workbook_says_the_same(as_alice: Client, channel: Channel):
    page = look(
        as_alice,
        workbook(["Date", "Time", "Text", "Channels"], ["2030-12-24", "09:30", "Joyeux Noël", "bluesky"]),
        "posts.xlsx",
    )
    run(as_alice, page)

    assert Delivery.objects.get().local_at == "2030-12-24T09:30"


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("2030-12-24;09:30;;carreaux", "texte"),
        ("24 décembre;;Bonjour;carreaux", "24"),
        ("2030-12-24;25:00;Bonjour;carreaux", "25:00"),
        ("2001-12-24;;Bonjour;carreaux", "2001-12-24"),
        ("2030-12-24;;Bonjour;ailleurs", "ailleurs"),
        ("2030-12-24;;Bonjour;", "canal"),
        (f"2030-12-24;;{'long ' * 100};carreaux", "bluesky"),
    ],
)
def test_each_problem_stands_in_its_row(as_alice: Client, channel: Channel, cells: str, told: str):
    page = look(as_alice, f"date;time;text;channels\n{cells}\n2030-12-25;;Bon;carreaux\n")

    [(bad, problems), (good, none)] = page.context["rows"]
    assert told in " ".join(problems).casefold() and not bad.is_good
    assert good.is_good and none == []


def test_what_cannot_be_read_is_said_as_it_was_written_and_taken_for_no_draft(
    as_alice: Client, channel: Channel
):
    page = look(as_alice, "date;text;channels\n2030-13-40;Bonjour;Le Toto\n;Ailleurs;carreaux\n")

    [(bad, problems), (draft, _)] = page.context["rows"]
    assert "Le Toto" in " ".join(problems) and bad.day == "2030-13-40" and draft.day == ""
    assert draft.places == ("Bluesky (carreaux)",) and page.content.decode().count("brouillon") >= 1
    assert ">–</td>" in page.content.decode()


def test_the_rest_is_imported_only_when_told_to(as_alice: Client, channel: Channel):
    page = look(as_alice, "text;channels\nBon;carreaux\nMauvais;ailleurs\n")

    assert 'name="leave_out" value="1"' in page.content.decode(), "one press says both"
    refused = run(as_alice, page)
    nothing_yet = Post.objects.count()
    run(as_alice, page, leave_out="1")

    assert (refused.status_code, nothing_yet) == (422, 0)
    assert Post.objects.get().name == "Bon"


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr("tesselle.plan.rhythm.tables.MOST_UNPACKED", 10)

    with pytest.raises(RuleError):
        read_table("posts.xlsx", workbook(["text"], ["x"]))


@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx"]))
def test_whatever_a_file_holds_it_is_read_or_refused(data: bytes, name: str):
    try:
        table = read_table(name, data)
    except RuleError:
        return
    assert all(isinstance(cell, str) for row in table for cell in row)


def test_a_table_without_a_text_column_is_told(as_alice: Client):
    assert look(as_alice, "jour;note\n2030-01-01;x\n").status_code == 422


def test_a_made_up_form_gets_nothing_in(as_alice: Client, channel: Channel):
    for kept in ("", "[]", '{"a": 1}', '[["text"], ["x"], 7, [["y"]]]', "[[]]"):
        as_alice.post(reverse("plan:import_run"), {"kept": kept})

    assert set(Post.objects.values_list("name", flat=True)) <= {"x", "['y']"}


def test_a_channel_of_another_workspace_is_unknown(workspace: Workspace, mallory: User):
    channel_in(mallory.memberships.get().workspace, "ailleurs")

    [row] = rows_of(workspace, [["text", "channels"], ["Bonjour", "ailleurs"]])

    assert row.channels == () and not row.is_good


def test_strangers_and_viewers_import_nothing(client: Client, channel: Channel, chloe: User, mallory: User):
    kept = '[["text", "channels"], ["Bonjour", "carreaux"]]'
    for person in (chloe, mallory):
        client.force_login(person)
        client.post(reverse("plan:import_run"), {"kept": kept})

    assert not Post.objects.filter(workspace=channel.workspace).exists()


def test_unknown_words_with_a_comma_between_them_are_told_as_they_stand(as_alice: Client, channel: Channel):
    Channel.objects.filter(pk=channel.pk).update(display_name="Dupont Carrelage, Morges")

    page = look(as_alice, 'text,channels\nBonjour,"Dupont Carrelage, Vevey; ailleurs, bluesky"\n')

    [(row, problems)] = page.context["rows"]
    assert len(problems) == 2 and row.channels == (channel,)
    assert "Dupont Carrelage, Vevey" in problems[0] and "ailleurs" in problems[1]


def test_the_example_can_be_brought_back(as_alice: Client, channel: Channel):
    example = as_alice.get(reverse("plan:import_example")).content

    assert look(as_alice, example).status_code == 200


def test_a_table_with_nothing_but_its_heading_is_empty_and_not_wrong(as_alice: Client):
    shown = look(as_alice, "jour;texte\n")

    assert shown.status_code == 422
    assert "Ce tableau est vide" in shown.content.decode()
