"""The journal's page: newest first, narrowed, fast at 10,000 entries, and as a table."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tesselle.journal import selectors
from tesselle.journal.models import Entry
from tesselle.journal.selectors import Wanted
from tesselle.journal.services import record
from tesselle.journal.words import known_verbs, sentence_of
from tesselle.web.cells import escape_cell
from tesselle.workspaces.models import User, Workspace

pytestmark = pytest.mark.django_db


def fill(workspace: Workspace, count: int, actor: User | None = None, kind: str = "workspace") -> None:
    Entry.objects.bulk_create(
        Entry(
            workspace_id=workspace.pk,
            actor_id=actor.pk if actor else None,
            actor_name=str(actor) if actor else "",
            verb="workspace.changed",
            subject_kind=kind,
            subject_id=workspace.pk,
        )
        for _ in range(count)
    )


def test_it_says_in_words_who_did_what(as_alice: Client, alice: User, workspace: Workspace):
    answers = {"name": "Neu", "zone": "Europe/Paris", "language": "fr", "currency": "EUR"}
    as_alice.post("/workspace/save/", answers)

    page = as_alice.get("/journal/").content.decode()

    assert "A modifié les réglages de l’espace de travail" in page
    assert "Alice" in page


def test_every_page_costs_the_same_and_all_are_reached(as_alice: Client, workspace: Workspace):
    fill(workspace, 10_000)
    counts, seen, before = [], 0, ""
    as_alice.get("/journal/")
    for _ in range(3):
        with CaptureQueriesContext(connection) as queries:
            response = as_alice.get(f"/journal/{before}")
        counts.append(len(queries))
        seen += len(response.context["lines"])
        before = f"?before={response.context['older']}"

    assert len(set(counts)) == 1
    assert seen == 3 * selectors.PAGE
    oldest = Entry.objects.order_by("pk")[10]
    assert len(selectors.page(Wanted(workspace.pk), oldest.pk).entries) == 10


def test_ten_thousand_entries_are_read_along_an_index(workspace: Workspace):
    fill(workspace, 10_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE journal_entry")

    for wanted in (
        Wanted(workspace.pk),
        Wanted(workspace.pk, person_id=7),
        Wanted(workspace.pk, kind="post"),
    ):
        plan = selectors.entries(wanted)[:51].explain()
        assert "Index" in plan
        assert "Seq Scan" not in plan


def test_it_is_narrowed_to_a_person_a_kind_and_a_subject(
    as_alice: Client, alice: User, bob: User, workspace: Workspace
):
    fill(workspace, 2, alice)
    fill(workspace, 3, bob)
    record(
        "post.saved",
        workspace_id=workspace.pk,
        actor_id=bob.pk,
        subject_kind="post",
        subject_id=4,
        revision=1,
    )
    record(
        "post.saved",
        workspace_id=workspace.pk,
        actor_id=bob.pk,
        subject_kind="post",
        subject_id=5,
        revision=1,
    )
    fill(workspace, 1)

    def found(query: str) -> int:
        return len(as_alice.get(f"/journal/?{query}").context["lines"])

    assert found(f"person={bob.pk}") == 5
    assert found("kind=post") == 2
    assert found("kind=post&subject=5") == 1
    assert found("person=tesselle") == 1
    assert found("person=x&kind=nothing&before=abc") == 8


def test_another_workspace_is_not_told_of(as_alice: Client, mallory: User):
    fill(Workspace.objects.get(name="Ailleurs"), 3)

    assert as_alice.get("/journal/").context["lines"] == []


def test_editors_and_viewers_do_not_read_it(client: Client, bob: User, chloe: User):
    for person in (bob, chloe):
        client.force_login(person)
        assert client.get("/journal/").status_code == 403
        assert client.get("/journal/export/").status_code == 403


def test_the_table_holds_what_the_page_is_narrowed_to_with_cells_escaped(
    as_alice: Client, bob: User, alice: User, workspace: Workspace
):
    bob.name = '=HYPERLINK("http://evil.example")'
    fill(workspace, 1, bob)
    fill(workspace, 1, alice)

    response = as_alice.get(f"/journal/export/?person={bob.pk}")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert rows[1][1] == "'" + bob.name
    assert response.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("start", "=+-@\t\r\n")
def test_cells_that_a_spreadsheet_would_compute_are_texts(start: str):
    assert escape_cell(f"{start}1+1") == f"'{start}1+1"
    assert escape_cell(f"a{start}") == f"a{start}"


def test_the_installation_has_a_journal_of_its_own(client: Client, alice: User, workspace: Workspace):
    alice.is_staff = True
    alice.save()
    client.force_login(alice)
    fill(workspace, 1)
    record(
        "account.signed_in",
        actor_id=alice.pk,
        subject_kind="account",
        subject_id=alice.pk,
        email="a@b.example",
    )
    record("attempt.sending", subject_kind="delivery", subject_id=1)

    lines = client.get("/installation/journal/").context["lines"]

    assert [line.what for line in lines] == ["a@b.example a ouvert une session"]


def test_no_sentence_counts_in_the_plural_what_may_be_one():
    """“Pictures: 1”, not “1 pictures”: the journal keeps sentences without forms for numbers."""
    counted = re.compile(r"%\((?:count|rows)\)s [^\W\d]")

    assert [one for one in map(sentence_told_of, known_verbs()) if counted.search(one)] == []


def sentence_told_of(verb: str) -> str:
    return sentence_of(Entry(verb=verb, params={})).sentence


def test_every_verb_that_is_written_has_words():
    """`attempt.…` belongs to a delivery's own page and to no workspace's journal."""
    from tests.contracts.journal_verbs import verbs_in_source

    assert {verb for verb in verbs_in_source() if not verb.startswith("attempt.")} - known_verbs() == set()
