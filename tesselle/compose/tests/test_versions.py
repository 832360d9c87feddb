"""Each saving is kept: what it changed can be read, and gone back to."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tesselle.channels.models import Channel
from tesselle.compose.models import Post, WorkingCopy
from tesselle.compose.services import Wording, save_post
from tesselle.compose.tests.forms import channel_in, form
from tesselle.domain.content import Content
from tesselle.journal.models import Entry
from tesselle.workspaces.models import User, Workspace

FIRST, SECOND = "Zellige de Fès, posé hier", "Zellige de Meknès, posé hier à Vevey"


@pytest.fixture
def short(workspace: Workspace) -> Channel:
    return channel_in(workspace)


@pytest.fixture
def post(workspace: Workspace, short: Channel, alice: User) -> Post:
    """Two versions; in the second, the channel has words of its own."""
    post = save_post(
        workspace=workspace, author=alice, shared=Content(text=FIRST), wordings=(Wording(short),)
    )
    own = Wording(short, Content(text="Seulement ici"))
    return save_post(
        workspace=workspace, author=alice, shared=Content(text=SECOND), wordings=(own,), post=post
    )


def test_a_version_shows_which_words_it_added_and_removed_for_each_channel(as_alice: Client, post: Post):
    page = as_alice.get(f"/posts/{post.pk}/versions").content.decode()

    assert "</span>Fès</del>" in page and "</span>Meknès</ins>" in page
    assert "Texte · Bluesky" in page and "Seulement ici</ins>" in page
    assert f"/posts/{post.pk}/versions/1" in page and f"/posts/{post.pk}/versions/2" not in page


def test_what_several_channels_changed_in_the_same_way_stands_once(
    as_alice: Client, workspace: Workspace, short: Channel, alice: User
):
    second = channel_in(workspace, handle="vevey")
    other = channel_in(workspace, "mastodon", handle="mosaique")
    post = None
    for text in ("Fermé du 23 au 4", "Fermé du 24 au 5"):
        words = Content(text=text)
        own = tuple(Wording(channel, words) for channel in (short, second, other))
        shared = Content(text=text)
        post = save_post(workspace=workspace, author=alice, shared=shared, wordings=own, post=post)
    assert post is not None

    page = as_alice.get(f"/posts/{post.pk}/versions").content.decode()

    assert page.count("</span>24</ins>") == 1 and "2 mots ajoutés" in page
    assert "Bluesky, carreaux, Bluesky, vevey, Mastodon" in page, "a name where there are two of a network"


def test_reading_versions_asks_as_much_for_ten_as_for_three(
    as_alice: Client, post: Post, workspace: Workspace, short: Channel, alice: User
):
    def versions(count: int) -> int:
        for number in range(count):
            words = Content(text=f"Encore {number}")
            save_post(workspace=workspace, author=alice, shared=words, wordings=(Wording(short),), post=post)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            as_alice.get(f"/posts/{post.pk}/versions")
        return len(asked)

    assert versions(1) == versions(7)


def test_going_back_makes_a_new_version_and_is_undone_in_one_click(as_alice: Client, post: Post):
    answer = as_alice.post(f"/posts/{post.pk}/versions/1/go-back", {"from": "2"}, follow=True)
    post.refresh_from_db()
    assert post.current is not None and post.current.number == 3
    assert post.current.shared_content.text == FIRST
    assert not post.current.variants.get().tailored
    assert Entry.objects.filter(verb="post.restored", subject_id=post.pk).exists()

    undo = f"/posts/{post.pk}/versions/2/go-back?from=3"
    assert undo in answer.content.decode()
    as_alice.post(undo)

    post.refresh_from_db()
    assert post.current.number == 4 and post.current.shared_content.text == SECOND
    assert post.current.variants.get().content.text == "Seulement ici"


def test_nothing_is_gone_back_over_what_somebody_else_saved_meanwhile(as_alice: Client, post: Post):
    answer = as_alice.post(f"/posts/{post.pk}/versions/1/go-back", {"from": "1"}, follow=True)

    post.refresh_from_db()
    assert post.current is not None and post.current.number == 2
    assert "entre-temps" in answer.content.decode()


def test_going_back_leaves_alone_what_is_being_written(as_alice: Client, post: Post, short: Channel):
    as_alice.post(f"/posts/{post.pk}/keep", form(short, text="Pas encore fini", revision="2"))

    as_alice.post(f"/posts/{post.pk}/versions/1/go-back", {"from": "2"})

    assert WorkingCopy.objects.get().draft["shared"]["text"] == "Pas encore fini"


@pytest.mark.parametrize("path", ["versions", "versions/1", "versions/1/go-back"])
def test_strangers_find_no_versions_and_viewers_may_not_go_back(
    client: Client, mallory: User, chloe: User, post: Post, path: str
):
    ask = client.post if path.endswith("back") else client.get
    for person, answer in ((mallory, 404), (chloe, 403)):
        client.force_login(person)
        assert ask(f"/posts/{post.pk}/{path}").status_code == answer
    post.refresh_from_db()
    assert post.current is not None and post.current.number == 2


def test_words_that_a_browser_kept_stand_in_the_form_again_and_can_be_undone(
    as_alice: Client, short: Channel
):
    found = f'[["shared-text", "Avant la panne"], ["channels", "{short.pk}"]]'

    page = as_alice.post("/posts/new", form(short, text="Après", do="put_back", found=found)).content.decode()

    assert ">\nAvant la panne</textarea>" in page
    assert 'value="undo"' in page and "Nous avons retrouvé un texte non enregistré" in page


@pytest.mark.parametrize("nonsense", ["", "{", "[1]", '{"a": 1}', "[[]]"])
def test_nonsense_from_a_browser_changes_nothing(as_alice: Client, short: Channel, nonsense: str):
    page = as_alice.post("/posts/new", form(short, text="Zellige", do="put_back", found=nonsense))

    assert ">\nZellige</textarea>" in page.content.decode()
