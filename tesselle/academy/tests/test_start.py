"""Where a path begins: written, frozen with its date, taken along, and nobody else's."""

import io
import re

import docx
import pytest
from django.test import Client
from django.urls import reverse

from tesselle.academy.models import FrozenStart, Path
from tesselle.academy.start.document import blocks_of
from tesselle.academy.start.services import content_of, freeze_start, reopen_start
from tesselle.academy.tests.filled import filled
from tesselle.documents.document import Bullets, Table
from tesselle.domain.errors import RuleError
from tesselle.journal.models import Entry
from tesselle.workspaces.models import User

PAGE, SAVE = "/path/start/", "/path/start/save/"
SUBJECT = "Un outil pour <Carreaux> & Cie"


def write(client: Client, **changed: str) -> None:
    values = {
        "subject": SUBJECT,
        "context": "Une carrelerie à Morges.",
        "expectations": "Publier régulièrement.",
        "objectives-0-text": "Planifier quatre publications par semaine",
        "objectives-0-proof": "Le calendrier",
        "objectives-0-due": "2027-01-31",
        "skills-0-name": "Écrire une publication",
        "skills-0-before": "1",
        "report_due": "2027-02-15",
    }
    sent = filled(client, PAGE, SAVE, **(values | changed))
    assert client.post(SAVE, sent).status_code == 302


def test_whoever_has_no_path_is_asked_to_begin_one(as_alice: Client):
    assert b"/path/begin/" in as_alice.get("/path/").content
    assert as_alice.get(PAGE).url == "/path/"

    as_alice.post("/path/begin/")

    assert as_alice.get(PAGE).status_code == 200
    assert Entry.objects.filter(verb="path.begun").count() == 1


def test_it_begins_with_36_hours_in_four_phases_and_five_questions(path: Path):
    assert [phase.planned_minutes / 60 for phase in path.phases.all()] == [12, 3, 14, 7]
    assert path.questions.count() == 5
    assert all(question.given == question.worded for question in path.questions.all())


def test_beginning_twice_begins_once(as_alice: Client):
    as_alice.post("/path/begin/")
    as_alice.post("/path/begin/")

    assert Path.objects.count() == 1
    assert Path.objects.get().phases.count() == 4


def test_what_was_written_is_kept(as_alice: Client, path: Path):
    write(as_alice)

    path.refresh_from_db()
    assert path.subject == SUBJECT
    assert path.objectives.get().proof == "Le calendrier"
    assert path.skills.get().before == 1
    assert f"{path.report_due}" == "2027-02-15"


def test_hours_are_changed_and_phases_added_and_taken_away(as_alice: Client, path: Path):
    fresh = {"phases-4-name": "Écrire le rapport", "phases-4-hours": "2"}
    write(as_alice, **{"phases-0-hours": "10.5", "phases-1-DELETE": "on"}, **fresh)

    kept = [(phase.name, phase.planned_minutes) for phase in path.phases.all()]
    assert kept[0][1] == 630
    assert kept[-1] == ("Écrire le rapport", 120)
    assert len(kept) == 4
    assert 'value="10.5"' in as_alice.get(PAGE).content.decode()


def test_a_question_keeps_the_wording_it_was_given_with(as_alice: Client, path: Path):
    given = path.questions.first().given
    write(as_alice, **{"questions-0-worded": "Et pour nous ?"})

    question = path.questions.first()
    assert (question.given, question.worded) == (given, "Et pour nous ?")


def test_a_form_that_cannot_be_kept_comes_back_with_what_was_written(as_alice: Client, path: Path):
    sent = filled(as_alice, PAGE, SAVE, subject="Neu", **{"phases-0-hours": "viele"})
    answer = as_alice.post(SAVE, sent)

    assert answer.status_code == 422
    assert "Neu" in answer.content.decode()
    path.refresh_from_db()
    assert path.subject == ""


def test_it_is_not_frozen_while_there_is_nothing_to_compare_with(path: Path):
    with pytest.raises(RuleError):
        freeze_start(path)


def test_frozen_it_has_its_date_and_does_not_change(as_alice: Client, path: Path):
    write(as_alice)
    sent = filled(as_alice, PAGE, SAVE, subject="Anders")
    as_alice.post("/path/start/freeze/")

    as_alice.post(SAVE, sent)

    path.refresh_from_db()
    frozen = FrozenStart.objects.get()
    assert path.frozen_at == frozen.at
    assert path.subject == frozen.content["subject"] == SUBJECT
    assert Entry.objects.get(verb="path.frozen").params == {"number": 1}


def test_frozen_with_the_form_what_stands_in_it_is_kept(as_alice: Client, path: Path):
    sent = filled(as_alice, PAGE, SAVE, subject="Neu")
    as_alice.post("/path/start/freeze/", sent)
    path.refresh_from_db()
    assert (path.subject, path.is_frozen) == ("Neu", False)  # without an objective

    write(as_alice)
    as_alice.post("/path/start/freeze/", filled(as_alice, PAGE, SAVE, subject="Neuer"))
    assert FrozenStart.objects.get().content["subject"] == "Neuer"


def test_opened_again_the_first_version_stays(as_alice: Client, path: Path):
    write(as_alice)
    freeze_start(path)
    reopen_start(path)
    write(as_alice, subject="Précisé")
    freeze_start(path)

    assert [one.content["subject"] for one in FrozenStart.objects.all()] == [SUBJECT, "Précisé"]


@pytest.mark.parametrize("ending", ["docx", "pdf", "md"])
def test_it_is_taken_along_in_every_format(as_alice: Client, path: Path, ending: str):
    write(as_alice)
    freeze_start(path)

    answer = as_alice.get(reverse("academy:start_document", args=[1, ending]))

    assert answer.status_code == 200
    assert f".{ending}" in answer.headers["Content-Disposition"]
    assert {"docx": b"PK", "pdf": b"%PDF", "md": b"# "}[ending] == answer.content[: {"pdf": 4}.get(ending, 2)]


def test_the_word_document_holds_what_was_frozen(as_alice: Client, path: Path):
    write(as_alice)
    freeze_start(path)

    made = docx.Document(
        io.BytesIO(as_alice.get(reverse("academy:start_document", args=[1, "docx"])).content)
    )

    headings = [one.text for one in made.paragraphs if one.style.name.startswith(("Title", "Heading"))]
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    assert headings[0] == SUBJECT
    assert "Planifier quatre publications par semaine" in cells
    assert "Une carrelerie à Morges." in [one.text for one in made.paragraphs]
    assert "36 h" in [re.sub(r"\s", " ", cell) for cell in cells]


def test_a_path_is_taken_away_for_good_only_with_the_box_ticked(as_alice: Client, path: Path):
    as_alice.post("/path/remove/")
    kept = Path.objects.count()
    as_alice.post("/path/remove/", {"sure": "on"})

    assert kept == 1
    assert not Path.objects.exists()
    assert Entry.objects.filter(verb="path.removed", actor_id=path.person_id).exists()


def test_mallory_and_her_colleagues_see_nothing_of_it(
    client: Client, path: Path, mallory: User, bob: User, as_alice: Client
):
    write(as_alice)
    freeze_start(path)
    for stranger in (mallory, bob):
        client.force_login(stranger)
        assert client.get(reverse("academy:start_document", args=[1, "docx"])).status_code == 404
        assert client.post("/path/start/freeze/").status_code == 404
        assert client.post("/path/remove/", {"sure": "on"}).status_code == 404
        assert client.post(SAVE, {"subject": "Hers"}).status_code == 404
        assert SUBJECT not in client.get("/path/").content.decode()


def test_the_wording_that_was_given_stands_only_beside_what_was_changed(path: Path):
    questions = [block for block in blocks_of(content_of(path)) if isinstance(block, Bullets)]
    assert [len(block.items) for block in questions] == [5]

    mine = path.questions.first()
    mine.worded = "Qu’est-ce qui décide ?"
    mine.save()

    table = blocks_of(content_of(path))[-1]
    assert isinstance(table, Table)
    assert table.rows[0] == (mine.worded, mine.given)
    assert len({row[1] for row in table.rows[1:]}) == 1, "one word for all that were left alone"
    assert not {row[1] for row in table.rows[1:]} & {row[0] for row in table.rows}
