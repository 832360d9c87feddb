"""The idea box: in from a telephone with a photo, out as a draft, away and back."""

import pytest
from django.test import Client

from tesselle.compose.ideas import add_idea
from tesselle.compose.models import Idea, Post
from tesselle.journal.models import Entry
from tesselle.library.tests.pictures import picture, upload
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def idea(workspace: Workspace, alice: User) -> Idea:
    return add_idea(workspace, text="Montrer la pose en chevrons", by=alice)


def test_words_and_a_photo_go_in_and_come_out_as_a_draft(as_alice: Client, workspace: Workspace) -> None:
    sent = {"text": "La cuisine de Morges", "files": upload(picture(), "chantier.jpg")}
    assert as_alice.post("/ideas", sent).status_code == 302
    idea = Idea.objects.get()
    assert "La cuisine de Morges" in as_alice.get("/ideas").content.decode()

    as_alice.post(f"/ideas/{idea.pk}/take-up")

    content = Post.objects.get().current.shared_content
    assert content.text == "La cuisine de Morges" and len(content.media) == 1
    assert "La cuisine de Morges" not in as_alice.get("/ideas").content.decode()
    assert Entry.objects.filter(verb="idea.taken_up", subject_id=idea.pk).exists()


def test_an_empty_idea_is_sent_back_with_the_reason(as_alice: Client) -> None:
    page = as_alice.post("/ideas", {"text": "  "})

    assert page.status_code == 422 and "Écrivez quelques mots" in page.content.decode()
    assert not Idea.objects.exists()


def test_two_who_take_the_same_idea_up_get_one_draft(idea: Idea, alice: User) -> None:
    from tesselle.compose.ideas import take_up

    assert take_up(idea, by=alice) == take_up(idea, by=alice)
    assert Post.objects.count() == 1


def test_what_is_put_away_can_be_brought_back(as_alice: Client, idea: Idea) -> None:
    as_alice.post(f"/ideas/{idea.pk}/put-away")
    assert "chevrons" not in as_alice.get("/ideas").content.decode()

    as_alice.post(f"/ideas/{idea.pk}/put-away?back")
    assert "chevrons" in as_alice.get("/ideas").content.decode()


def test_the_box_asks_as_often_for_many(
    as_alice: Client, workspace: Workspace, idea: Idea, alice: User
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        as_alice.get("/ideas")
    for number in range(8):
        add_idea(workspace, text=f"Idée {number}", by=alice)
    with CaptureQueriesContext(connection) as many:
        as_alice.get("/ideas")
    assert len(many) == len(few)


def test_a_viewer_looks_on_and_mallory_finds_nothing(
    client: Client, idea: Idea, chloe: User, mallory: User
) -> None:
    client.force_login(chloe)
    assert client.get("/ideas").status_code == 200
    assert client.post("/ideas", {"text": "Non"}).status_code == 403
    client.force_login(mallory)
    assert client.post(f"/ideas/{idea.pk}/take-up").status_code == 404
    assert "chevrons" not in client.get("/ideas").content.decode()
