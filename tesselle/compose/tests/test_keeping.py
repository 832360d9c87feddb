"""What is typed is kept while it is typed, for its author alone, and never goes out by itself."""

import shutil
import subprocess
from argparse import Namespace
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.compose.copies import KEPT_FOR
from tesselle.compose.models import Post, Revision, WorkingCopy
from tesselle.compose.services import Wording, save_post
from tesselle.compose.tests.forms import channel_in, form
from tesselle.domain.content import Content
from tesselle.ops.commands import tidy
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def short(workspace: Workspace) -> Channel:
    return channel_in(workspace)


@pytest.fixture
def post(workspace: Workspace, short: Channel, alice: User) -> Post:
    words = Content(text="Zellige")
    return save_post(workspace=workspace, author=alice, shared=words, wordings=(Wording(short),))


@pytest.mark.parametrize("cases", ["keeping.test.mjs", "caret.test.mjs"])
def test_the_browser_keeps_words_until_the_server_has_them_and_puts_others_between(cases: str) -> None:
    node = shutil.which("node")
    assert node, "Node is needed to run the browser's part"
    script = Path(__file__).with_name(cases)

    result = subprocess.run(
        [node, "--test", str(script)], capture_output=True, text=True, timeout=60, check=False
    )

    assert result.returncode == 0, result.stdout[-3000:]


def test_a_new_post_is_kept_and_goes_on_where_it_was(as_alice: Client, short: Channel):
    answer = as_alice.post("/posts/new/keep", form(short, text="Mon idée")).json()
    copy = WorkingCopy.objects.get()
    assert answer["copy"] == copy.pk and answer["kept_at"] and not answer["newer"]
    as_alice.post("/posts/new/keep", form(short, text="Mon idée, mieux", copy=str(copy.pk)))

    page = as_alice.get(f"/posts/new?copy={copy.pk}").content.decode()

    assert WorkingCopy.objects.count() == 1
    assert "Mon idée, mieux" in page and 'id="resumed"' in page
    assert not Post.objects.exists()


def test_an_empty_form_is_not_kept(as_alice: Client, short: Channel):
    assert as_alice.post("/posts/new/keep", form(short, text="  ")).json()["copy"] == 0
    assert not WorkingCopy.objects.exists()


def test_keeping_a_post_makes_no_revision(as_alice: Client, post: Post, short: Channel):
    as_alice.post(f"/posts/{post.pk}/keep", form(short, text="À moitié éc", revision="1"))

    assert Revision.objects.count() == 1
    assert "À moitié éc" in as_alice.get(f"/posts/{post.pk}").content.decode()


def test_others_do_not_see_what_is_not_saved(as_alice: Client, bob: User, post: Post, short: Channel):
    as_alice.post(f"/posts/{post.pk}/keep", form(short, text="À moitié éc", revision="1"))
    as_bob = Client()
    as_bob.force_login(bob)

    assert "À moitié éc" not in as_bob.get(f"/posts/{post.pk}").content.decode()


def test_saving_ends_the_copy(as_alice: Client, post: Post, short: Channel):
    as_alice.post(f"/posts/{post.pk}/keep", form(short, text="Fini", revision="1"))
    as_alice.post(f"/posts/{post.pk}", form(short, text="Fini", revision="1"))

    assert not WorkingCopy.objects.exists()
    assert 'id="resumed"' not in as_alice.get(f"/posts/{post.pk}").content.decode()


def test_a_new_post_saved_ends_its_copy(as_alice: Client, short: Channel):
    copy = as_alice.post("/posts/new/keep", form(short, text="Fini")).json()["copy"]
    as_alice.post("/posts/new", form(short, text="Fini", copy=str(copy)))

    assert not WorkingCopy.objects.exists() and Post.objects.count() == 1


def test_who_writes_is_told_that_somebody_saved(as_alice: Client, bob: User, post: Post, short: Channel):
    save_post(
        workspace=post.workspace,
        author=bob,
        shared=Content(text="De Bob"),
        wordings=(Wording(short),),
        post=post,
    )

    answer = as_alice.post(f"/posts/{post.pk}/keep", form(short, text="Le mien", revision="1")).json()

    assert "Bob" in answer["newer"]


def test_the_difference_is_shown_word_by_word_and_the_writer_chooses(
    as_alice: Client, bob: User, post: Post, short: Channel
):
    theirs = Content(text="Un sol en terrazzo bleu")
    save_post(workspace=post.workspace, author=bob, shared=theirs, wordings=(Wording(short),), post=post)
    mine = form(short, text="Un sol en zellige bleu", revision="1")

    page = as_alice.post(f"/posts/{post.pk}", mine | {"do": "compare"}).content.decode()
    assert "<del>" in page and "terrazzo</del>" in page and "zellige</ins>" in page
    taken = as_alice.post(f"/posts/{post.pk}", mine | {"do": "take_theirs", "revision": "2"}).content.decode()

    assert "Un sol en terrazzo bleu" in taken and 'value="undo"' in taken
    assert Revision.objects.count() == 2


def test_a_copy_is_put_away_and_brought_back(as_alice: Client, short: Channel):
    copy = as_alice.post("/posts/new/keep", form(short, text="Mon idée")).json()["copy"]
    assert "Mon idée" in as_alice.get("/drafts").content.decode()

    as_alice.post(f"/drafts/{copy}/discard")
    assert f"?copy={copy}" not in as_alice.get("/drafts").content.decode()
    as_alice.post(f"/drafts/{copy}/discard?back")

    assert f"?copy={copy}" in as_alice.get("/drafts").content.decode()


def test_what_was_put_away_is_gone_after_a_day(as_alice: Client, short: Channel):
    copy = as_alice.post("/posts/new/keep", form(short, text="Mon idée")).json()["copy"]
    WorkingCopy.objects.filter(pk=copy).update(discarded_at=timezone.now() - timedelta(days=2))

    as_alice.post("/posts/new", form(short, text="Autre"))

    assert not WorkingCopy.objects.exists()


def test_a_new_post_that_nobody_went_on_with_is_tidied_away_after_a_season(
    as_alice: Client, post: Post, short: Channel, monkeypatch: pytest.MonkeyPatch
):
    # The command runs in the tests' own installation.
    monkeypatch.setattr(tidy, "opened", nullcontext)
    old, fresh, put_away = (
        as_alice.post("/posts/new/keep", form(short, text=text)).json()["copy"]
        for text in ("Ancienne", "Récente", "Mise de côté")
    )
    of_a_post = as_alice.post(f"/posts/{post.pk}/keep", form(short, text="Zellige bleu")).json()["copy"]
    hour, now = timedelta(hours=1), timezone.now()
    for copy, age in ((old, KEPT_FOR + hour), (fresh, KEPT_FOR - hour), (of_a_post, 2 * KEPT_FOR)):
        WorkingCopy.objects.filter(pk=copy).update(kept_at=now - age)
    WorkingCopy.objects.filter(pk=put_away).update(discarded_at=now - timedelta(days=2))

    assert tidy.run(Namespace()) == 0

    assert set(WorkingCopy.objects.values_list("pk", flat=True)) == {fresh, of_a_post}


def test_thirty_copies_cost_no_more_queries_than_one(as_alice: Client, workspace: Workspace, alice: User):
    def seen(number: int) -> int:
        for _ in range(number):
            WorkingCopy.objects.create(workspace=workspace, author=alice, draft={"shared": {"text": "Idée"}})
        with CaptureQueriesContext(connection) as queries:
            as_alice.get("/drafts")
        return len(queries)

    assert seen(1) == seen(29)


def test_mallory_learns_and_keeps_nothing(as_alice: Client, mallory: User, post: Post, short: Channel):
    copy = as_alice.post("/posts/new/keep", form(short, text="Mon idée")).json()["copy"]
    stranger = Client()
    stranger.force_login(mallory)

    assert stranger.post(f"/posts/{post.pk}/keep", form(short)).status_code == 404
    assert stranger.post(f"/drafts/{copy}/discard").status_code == 404
    assert "Mon idée" not in stranger.get(f"/posts/new?copy={copy}").content.decode()
    stranger.post("/posts/new/keep", form(text="Volé", copy=str(copy)))
    assert WorkingCopy.objects.get(pk=copy).draft["shared"]["text"] == "Mon idée"


def test_a_colleague_cannot_touch_a_copy(as_alice: Client, bob: User, short: Channel):
    copy = as_alice.post("/posts/new/keep", form(short, text="Mon idée")).json()["copy"]
    as_bob = Client()
    as_bob.force_login(bob)

    assert as_bob.post(f"/drafts/{copy}/discard").status_code == 404


def test_a_viewer_keeps_nothing(client: Client, chloe: User, post: Post, short: Channel):
    client.force_login(chloe)

    assert client.post("/posts/new/keep", form(short)).status_code == 403
    assert client.post(f"/posts/{post.pk}/keep", form(short)).status_code == 403
