"""Writing one post for several channels; nothing typed is ever lost."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tesselle.channels.models import Channel
from tesselle.compose.models import Post, Revision
from tesselle.compose.services import Wording, save_post
from tesselle.compose.tests.forms import channel_in, form
from tesselle.domain.content import Content
from tesselle.library.models import Asset
from tesselle.library.tests.films import plain_film
from tesselle.library.tests.pictures import noise, picture, upload
from tesselle.strategy.models import Pillar
from tesselle.workspaces.models import Member, User, Workspace


@pytest.fixture
def short(workspace: Workspace) -> Channel:
    """Takes 300 signs."""
    return channel_in(workspace)


@pytest.fixture
def wordy(workspace: Workspace) -> Channel:
    """Takes 500, and no separate link."""
    return channel_in(workspace, "mastodon")


def test_a_draft_is_saved_with_a_variant_for_each_channel(as_alice: Client, short: Channel, wordy: Channel):
    response = as_alice.post("/posts/new", form(short, wordy, text="Un\r\ndeux"))
    post = Post.objects.get()
    assert response.status_code == 302 and response.headers["Location"] == f"/posts/{post.pk}"
    assert post.current is not None
    assert {v.channel_id: v.content.text for v in post.current.variants.all()} == {
        short.pk: "Un\ndeux",
        wordy.pk: "Un\ndeux",
    }


def test_301_signs_for_300_are_said_with_their_cure(as_alice: Client, short: Channel):
    page = as_alice.post("/posts/check", form(short, text="a" * 301)).content.decode()
    assert "301" in page and "300" in page
    assert f"repair:{short.pk}:split_thread:text" in page


def test_nothing_is_found_wanting_before_anybody_wrote(as_alice: Client, short: Channel):
    wanting = "Il n’y a encore rien à publier."
    blank = as_alice.get(f"/posts/new?channels={short.pk}").content.decode()
    assert f"status-{short.pk}" in blank
    assert wanting not in blank and "Encore vide" in blank
    assert wanting not in as_alice.post("/posts/check", form(short, text="")).content.decode()

    assert wanting in as_alice.post("/posts/new", form(short, text="", do="check")).content.decode()
    own = {f"c{short.pk}-tailored": "1", f"c{short.pk}-text": ""}
    assert wanting in as_alice.post("/posts/check", form(short, text="Zellige") | own).content.decode()


def test_tailored_words_stay_when_the_shared_ones_change(as_alice: Client, short: Channel, wordy: Channel):
    own = {f"c{short.pk}-tailored": "1", f"c{short.pk}-text": "Court"}
    as_alice.post("/posts/new", form(short, wordy, text="Long") | own)
    post = Post.objects.get()
    page = as_alice.get(f"/posts/{post.pk}").content.decode()
    assert f'name="c{short.pk}-tailored"' in page and "Court" in page
    assert f'name="c{wordy.pk}-tailored"' not in page
    assert post.current is not None
    assert {v.channel_id: v.tailored for v in post.current.variants.all()} == {
        short.pk: True,
        wordy.pk: False,
    }


def test_the_check_answers_only_for_fields_that_are_there(as_alice: Client, short: Channel):
    own = {f"c{short.pk}-tailored": "1", f"c{short.pk}-text": "Court"}
    page = as_alice.post("/posts/new", form(short, do="refresh", **own)).content.decode()
    checked = as_alice.post("/posts/check", form(short, **own)).content.decode()
    answered = set(re.findall(r'id="(about-[\w-]+)"', checked))
    assert answered
    assert answered <= set(re.findall(r'id="(about-[\w-]+)"', page))


def test_a_channel_put_aside_keeps_its_tailored_words_in_the_form(as_alice: Client, short: Channel):
    own = {f"c{short.pk}-tailored": "1", f"c{short.pk}-text": "Court"}
    page = as_alice.post("/posts/new", form(text="Long", do="refresh") | own).content.decode()
    assert "Court" in page


def test_splitting_makes_a_thread_that_fits(as_alice: Client, short: Channel):
    text = "Un mot. " * 60
    act = f"repair:{short.pk}:split_thread:text"
    page = as_alice.post("/posts/new", form(short, text=text, do=act)).content.decode()
    assert page.count(f'name="c{short.pk}-part"') == 1
    assert "note--danger" not in page


def test_a_link_that_a_network_does_not_take_is_written_into_its_text(as_alice: Client, wordy: Channel):
    data = form(wordy, **{"shared-link": "https://carreaux.example/bain"})
    page = as_alice.post("/posts/new", data).headers["Location"]
    act = f"repair:{wordy.pk}:link_into_text:link"
    assert act in as_alice.get(page).content.decode()
    mended = as_alice.post(page, data | {"do": act, "revision": "1"}).content.decode()
    assert "Zellige\n\nhttps://carreaux.example/bain" in mended and act not in mended


def test_options_of_the_network_are_kept(as_alice: Client, wordy: Channel):
    as_alice.post("/posts/new", form(wordy, **{f"c{wordy.pk}-option-visibility": "unlisted"}))
    revision = Revision.objects.get()
    assert revision.variants.get().content.options["visibility"] == "unlisted"
    assert not revision.variants.get().tailored


def test_the_second_of_two_writers_sees_both_texts(as_alice: Client, short: Channel, workspace: Workspace):
    as_alice.post("/posts/new", form(short, text="Premier"))
    post = Post.objects.get()
    as_alice.post(f"/posts/{post.pk}", form(short, text="Le sien", revision="1"))
    response = as_alice.post(f"/posts/{post.pk}", form(short, text="Le mien", revision="1"))
    page = response.content.decode()
    assert response.status_code == 422 and "Le sien" in page and "Le mien" in page
    assert Revision.objects.count() == 2
    assert 'name="revision" value="2"' in page
    as_alice.post(f"/posts/{post.pk}", form(short, text="Le mien", revision="2"))
    post.refresh_from_db()
    assert post.current is not None and post.current.shared_content.text == "Le mien"


def test_a_picture_is_added_with_its_alternative_text(as_alice: Client, short: Channel):
    page = as_alice.post("/posts/new", form(short, do="upload", files=upload(picture()))).content.decode()
    asset = Asset.objects.get()
    assert f'name="alt-{asset.pk}"' in page
    more = {"shared-media": asset.pk, f"alt-{asset.pk}": "Carreaux bleus"}
    as_alice.post("/posts/new", form(short, **more))
    media = Revision.objects.get().variants.get().content.media[0]
    assert (media.alt, media.asset) == ("Carreaux bleus", asset.file.name)


def test_a_file_that_went_up_by_itself_is_attached_once(as_alice: Client, short: Channel):
    as_alice.post("/media/upload", {"files": upload(picture())}, headers={"X-Upload": "one"})
    asset = Asset.objects.get()
    act = f"attach:shared:{asset.pk}"
    page = as_alice.post("/posts/new", form(short, do=act)).content.decode()
    again = as_alice.post("/posts/new", form(short, do=act, **{"shared-media": asset.pk})).content.decode()
    for one in (page, again):
        assert one.count(f'name="shared-media" value="{asset.pk}"') == 1


def test_a_file_of_another_workspace_is_not_attached(as_alice: Client, short: Channel, mallory: User):
    other = Member.objects.get(user=mallory).workspace
    theirs = Asset.objects.create(
        workspace=other, kind="image", mime="image/jpeg", file="assets/x.jpg", original_name="x.jpg",
        size_bytes=1, width_px=1, height_px=1, sha256="x",
    )  # fmt: skip
    page = as_alice.post("/posts/new", form(short, do=f"attach:shared:{theirs.pk}")).content.decode()
    assert "x.jpg" not in page and f'name="shared-media" value="{theirs.pk}"' not in page


def test_a_file_that_is_no_picture_loses_nothing(as_alice: Client, short: Channel):
    response = as_alice.post("/posts/new", form(short, do="upload", files=upload(b"%PDF-1.7", "plan.pdf")))
    assert response.status_code == 422
    assert "plan.pdf" in response.content.decode() and "Zellige" in response.content.decode()


def test_a_picture_too_heavy_needs_nothing_from_the_writer(as_alice: Client, short: Channel):
    as_alice.post("/posts/new", form(short, do="upload", files=upload(noise(2400, 2400))))
    heavy = Asset.objects.get()
    assert heavy.size_bytes > 2_000_000
    data = form(short, **{"shared-media": heavy.pk})
    page = as_alice.post("/posts/new", data | {"do": "refresh"}).content.decode()
    assert "note--danger" not in page


def test_a_film_shows_how_far_its_preparation_is(as_alice: Client, short: Channel):
    as_alice.post("/posts/new", form(short, do="upload", files=upload(plain_film(), "pose.mp4")))
    film = Asset.objects.get()
    Asset.objects.update(progress=40)
    page = as_alice.post(
        "/posts/new", form(short, do="refresh", **{"shared-media": film.pk})
    ).content.decode()
    assert 'max="100" value="40"' in page and f"/media/{film.pk}/state" in page


def test_where_photos_and_films_do_not_mix_one_click_keeps_the_first_kind(as_alice: Client, short: Channel):
    for data, name in ((picture(), "sol.jpg"), (plain_film(), "pose.mp4")):
        as_alice.post("/posts/new", form(short, do="upload", files=upload(data, name)))
    photo, film = Asset.objects.order_by("pk")
    both = {"shared-media": [photo.pk, film.pk]}
    act = f"repair:{short.pk}:remove_media:media"
    assert act in as_alice.post("/posts/new", form(short, do="refresh", **both)).content.decode()
    page = as_alice.post("/posts/new", form(short, do=act, **both)).content.decode()
    assert f'name="c{short.pk}-media" value="{photo.pk}"' in page
    assert f'name="c{short.pk}-media" value="{film.pk}"' not in page and "note--danger" not in page


def test_the_words_of_the_library_are_where_a_post_begins(as_alice: Client, short: Channel):
    as_alice.post("/posts/new", form(short, do="upload", files=upload(picture())))
    Asset.objects.update(alt="Un sol bleu")
    data = form(short, do="refresh", **{"shared-media": Asset.objects.get().pk})
    assert "Un sol bleu" in as_alice.post("/posts/new", data).content.decode()


def test_pictures_to_slide_through_say_which_one_is_seen(as_alice: Client, workspace: Workspace):
    instagram = channel_in(workspace, "instagram")
    for shade in (20, 220):
        as_alice.post("/posts/new", form(instagram, do="upload", files=upload(picture(shade=shade))))
    both = [asset.pk for asset in Asset.objects.order_by("pk")]

    def page(media: list[int]) -> str:
        return as_alice.post(
            "/posts/new", form(instagram, do="refresh", **{"shared-media": media})
        ).content.decode()

    assert ">1/2</span>" in page(both) and ">2/2</span>" in page(both)
    assert "np-count" not in page(both[:1])


def test_a_post_begins_on_the_page_of_its_picture(
    as_alice: Client, client: Client, short: Channel, mallory: User
):
    as_alice.post("/posts/new", form(short, do="upload", files=upload(picture())))
    Asset.objects.update(alt="Un sol bleu")
    asset = Asset.objects.get()
    there = f"/posts/new?asset={asset.pk}"
    assert there in as_alice.get(f"/media/{asset.pk}").content.decode()

    page = as_alice.get(there).content.decode()

    assert f'name="shared-media" value="{asset.pk}"' in page and "Un sol bleu" in page
    client.force_login(mallory)
    assert 'name="shared-media"' not in client.get(there).content.decode()


def test_a_picture_of_another_workspace_is_left_out(as_alice: Client, short: Channel, mallory: User):
    other = Member.objects.get(user=mallory).workspace
    theirs = Asset.objects.create(
        workspace=other, kind="image", mime="image/jpeg", file="assets/x.jpg", original_name="x.jpg",
        size_bytes=1, width_px=1, height_px=1, sha256="x",
    )  # fmt: skip
    as_alice.post("/posts/new", form(short, **{"shared-media": theirs.pk}))
    assert Revision.objects.get().shared_content.media == ()


def test_a_channel_of_another_workspace_is_left_out(as_alice: Client, mallory: User):
    theirs = channel_in(Member.objects.get(user=mallory).workspace)
    as_alice.post("/posts/new", form(theirs))
    assert not Revision.objects.get().variants.exists()


def test_nonsense_in_the_form_is_not_an_error(as_alice: Client, short: Channel):
    for act in (
        "repair:x:y:z",
        "repair:9999:split_thread:text",
        "remove_part:shared:x",
        "add_part:",
        "tailor:",
        "??",
    ):
        assert as_alice.post("/posts/new", form(short, do=act, revision="x")).status_code == 200
    strange = {"channels": ["x", "9" * 30], "revision": "-1", "c1x-tailored": "1", "alt-x": "1"}
    assert as_alice.post("/posts/check", form() | strange).status_code == 200


@pytest.fixture
def post(workspace: Workspace, short: Channel) -> Post:
    words = Content(text="Zellige")
    return save_post(workspace=workspace, author=None, shared=words, wordings=(Wording(short),))


def test_twenty_drafts_cost_no_more_queries_than_ten(as_alice: Client, workspace: Workspace, short: Channel):
    def ten_more() -> int:
        for number in range(10):
            words = Content(text=f"{number}")
            save_post(workspace=workspace, author=None, shared=words, wordings=(Wording(short),))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert as_alice.get("/drafts").status_code == 200
        return len(seen)

    assert ten_more() == ten_more()


def test_ten_channels_cost_no_more_queries_than_five(as_alice: Client, workspace: Workspace):
    def with_five_more(start: int) -> int:
        for number in range(start, start + 5):
            channel_in(workspace, handle=f"c{number}")
        channels = Channel.objects.all()
        with CaptureQueriesContext(connection) as seen:
            as_alice.post("/posts/check", form(*channels))
        return len(seen)

    assert with_five_more(0) == with_five_more(5)


def test_mallory_learns_nothing(client: Client, mallory: User, post: Post):
    client.force_login(mallory)
    assert client.get(f"/posts/{post.pk}").status_code == 404
    assert client.post(f"/posts/{post.pk}", form()).status_code == 404
    assert "Zellige" not in client.get("/drafts").content.decode()


def test_a_viewer_reads_drafts_and_writes_nothing(client: Client, chloe: User, post: Post):
    client.force_login(chloe)
    page = client.get("/drafts").content.decode()
    assert "Zellige" in page and "/posts/new" not in page
    for address in ("/posts/new", f"/posts/{post.pk}", "/posts/check"):
        assert client.post(address, form()).status_code == 403


def begun(client: Client, channel: Channel) -> Post:
    client.post("/posts/new", form(channel, text="Premier"))
    return Post.objects.get()


def test_an_existing_post_sent_twice_is_saved_once_and_overtaken_by_nobody(
    as_alice: Client, short: Channel, workspace: Workspace
):
    post = begun(as_alice, short)
    pillar = Pillar.objects.create(workspace=workspace, name="Conseils")
    sent = form(short, text="Le mien", revision="1") | {"aim-pillar": str(pillar.pk)}

    first, second = (as_alice.post(f"/posts/{post.pk}", sent) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert post.revisions.count() == 2
    others: tuple[dict[str, Any], ...] = (
        {"shared-text": "Autre chose"},
        {"channels": []},
        {"aim-pillar": ""},
        {f"c{short.pk}-tailored": "1", f"c{short.pk}-text": "Pour lui"},
    )
    for other in others:
        assert as_alice.post(f"/posts/{post.pk}", sent | other).status_code == 422, other
    assert post.revisions.count() == 2


def test_the_same_words_of_somebody_else_are_told(as_alice: Client, short: Channel, bob: User):
    post = begun(as_alice, short)
    sent = form(short, text="Les mêmes mots", revision="1")
    as_alice.post(f"/posts/{post.pk}", sent)
    Revision.objects.filter(number=2).update(author=bob)

    assert as_alice.post(f"/posts/{post.pk}", sent).status_code == 422
