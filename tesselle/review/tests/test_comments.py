"""Comments: what is said inside is never seen outside; pinned, called by name, dealt with and taken up again."""

import pytest
from django.test import Client

from tesselle.compose.models import Post
from tesselle.compose.services import Wording, save_post
from tesselle.compose.tests.forms import channel_in
from tesselle.domain.content import Content
from tesselle.library.models import Asset
from tesselle.library.services import add_upload
from tesselle.library.tests.pictures import picture, upload
from tesselle.notify.models import Notice
from tesselle.review.commenting import Pin, add_comment, mentioned_in
from tesselle.review.links import make_link
from tesselle.review.models import Answer, Comment
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def post(workspace: Workspace, alice: User) -> Post:
    asset = add_upload(workspace=workspace, file=upload(picture(), "salle.jpg"), by=alice)
    return save_post(
        workspace=workspace,
        author=alice,
        shared=Content(text="Un zellige posé hier. Il brille.", media=(asset.as_media(),)),
        wordings=(Wording(channel_in(workspace)),),
    )


@pytest.fixture
def token(post: Post, alice: User) -> str:
    return make_link(post.workspace, [post], name="Mme Rochat", days=7, by=alice)[1]


def test_whoever_holds_a_link_never_sees_what_is_said_inside(
    client: Client, as_alice: Client, post: Post, token: str, alice: User
) -> None:
    add_comment(post, text="Le prix est faux, ne le dites pas", by=alice)
    add_comment(post, text="Voulez-vous une autre photo ?", by=alice, is_inside=False)

    outside = Client().get(f"/approve/{token}").content.decode()

    assert "autre photo" in outside and "Le prix est faux" not in outside
    inside = as_alice.get(f"/posts/{post.pk}/approval").content.decode()
    assert "Le prix est faux" in inside and "autre photo" in inside


def test_a_comment_by_link_is_pinned_to_its_passage_and_decides_nothing(
    as_alice: Client, post: Post, token: str
) -> None:
    said = {"post": post.pk, "text": "Quel bleu ?", "passage": "Il brille."}

    assert Client().post(f"/approve/{token}/comment", said).status_code == 302

    comment = Comment.objects.get()
    assert (comment.passage, comment.who, comment.is_inside) == ("Il brille.", "Mme Rochat", False)
    post.current.refresh_from_db()
    assert post.current.approved_at is None
    composer = as_alice.get(f"/posts/{post.pk}").content.decode()
    assert "Quel bleu ?" in composer and 'data-shows-passage="Il brille."' in composer


def test_a_link_cannot_make_its_comment_an_inside_one_nor_call_members(
    post: Post, token: str, alice: User
) -> None:
    Client().post(f"/approve/{token}/comment", {"post": post.pk, "text": "@Alice", "is_inside": "on"})

    comment = Comment.objects.get()
    assert not comment.is_inside and not comment.mentioned.exists()


def test_a_place_on_the_picture_is_chosen_without_a_pointer(as_alice: Client, post: Post) -> None:
    asset = post.workspace.assets.get()
    said = {"text": "Ce joint", "asset": asset.pk, "across": "25", "down": "80"}

    as_alice.post(f"/posts/{post.pk}/comments", said)

    comment = Comment.objects.get()
    assert (comment.asset, comment.across, comment.down) == (asset, 0.25, 0.8)
    assert 'cx="25%" cy="80%"' in as_alice.get(f"/posts/{post.pk}/approval").content.decode()


def test_a_picture_of_another_workspace_is_no_place_to_pin_to(post: Post, mallory: User, alice: User) -> None:
    theirs = mallory.memberships.get().workspace
    asset = add_upload(workspace=theirs, file=upload(picture(), "x.jpg"), by=mallory)

    assert add_comment(post, text="Ici", pin=Pin(asset_id=asset.pk), by=alice).asset is None


def test_a_passage_that_was_edited_away_says_so(as_alice: Client, post: Post, alice: User) -> None:
    add_comment(post, text="À dire autrement", pin=Pin(passage="Plus jamais"), by=alice)

    assert "n’est plus dans le texte" in as_alice.get(f"/posts/{post.pk}/approval").content.decode()


def test_a_comment_is_dealt_with_and_taken_up_again(as_alice: Client, post: Post, alice: User) -> None:
    comment = add_comment(post, text="Plus court", by=alice)

    page = as_alice.post(f"/comments/{comment.pk}/resolve", follow=True).content.decode()
    comment.refresh_from_db()
    assert comment.resolved_by == alice and f"/comments/{comment.pk}/resolve?back" in page

    as_alice.post(f"/comments/{comment.pk}/resolve?back")
    comment.refresh_from_db()
    assert comment.resolved_at is None


def test_in_the_composer_only_the_panel_comes_back(as_alice: Client, post: Post) -> None:
    headers = {"HX-Request": "true", "HX-Target": "post-comments"}

    answer = as_alice.post(f"/posts/{post.pk}/comments", {"text": "D’accord"}, headers=headers)

    assert 'id="post-comments"' in answer.content.decode() and "D’accord" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_a_comment_that_is_being_written_outlives_the_form_around_it(as_alice: Client, post: Post) -> None:
    sent = {"text": "Et si on disait", "passage": "Zellige", "do": "refresh", "revision": "1"}
    drawn = as_alice.post(f"/posts/{post.pk}", sent, headers={"HX-Request": "true"}).content.decode()
    assert ">Et si on disait</textarea>" in drawn and 'value="Zellige"' in drawn


def test_a_comment_that_is_refused_is_still_there(as_alice: Client, post: Post) -> None:
    headers = {"HX-Request": "true", "HX-Target": "post-comments"}
    refused = as_alice.post(f"/posts/{post.pk}/comments", {"text": "x" * 4_001}, headers=headers)
    assert refused.status_code == 422 and "x" * 4_001 in refused.content.decode()


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("@Bob, peux-tu ?", ["bob"]),
        ("@bob et @ALICE", ["alice", "bob"]),
        ("bob@example.org", []),
        ("@Bobine", []),
        ("@Bob-le-grand", []),
    ],
)
def test_somebody_is_called_by_name(text: str, called: list[str], alice: User, bob: User) -> None:
    assert sorted(user.name.lower() for user in mentioned_in(text, [alice, bob])) == called


def test_a_viewer_says_nothing_and_mallory_finds_nothing(
    client: Client, post: Post, chloe: User, mallory: User, alice: User
) -> None:
    comment = add_comment(post, text="Ici", by=alice)
    client.force_login(chloe)
    assert client.post(f"/posts/{post.pk}/comments", {"text": "Non"}).status_code == 403
    client.force_login(mallory)
    assert client.post(f"/posts/{post.pk}/comments", {"text": "Non"}).status_code == 404
    assert client.post(f"/comments/{comment.pk}/resolve").status_code == 404


def test_what_is_to_be_changed_is_pinned_where_it_is_and_said_once(
    as_alice: Client, post: Post, token: str
) -> None:
    picture_id = Asset.objects.get().pk
    said = {"post": post.pk, "revision": post.current_id, "verdict": "change", "comment": "Trop sombre ici"}
    notices = Notice.objects.count()

    for where in ({"asset": picture_id, "across": "20", "down": "80"}, {"passage": "Il brille."}, {}):
        assert Client().post(f"/approve/{token}/answer", {**said, **where}).status_code == 302

    on_picture, on_words = Comment.objects.order_by("pk")
    assert (on_picture.asset_id, on_picture.across, on_picture.down) == (picture_id, 0.2, 0.8)
    assert (on_words.passage, on_words.who, on_words.is_inside) == ("Il brille.", "Mme Rochat", False)
    assert [one.remark for one in Answer.objects.order_by("pk")] == [on_picture, on_words, None]
    assert Notice.objects.count() - notices <= 3, "an answer is told as an answer, not as a comment beside it"
    for page in (Client().get(f"/approve/{token}"), as_alice.get(f"/posts/{post.pk}/approval")):
        shown = page.content.decode()
        # Each pinned one once, beside its place; the third one with its answer.
        assert shown.count("Trop sombre ici") == 3
        assert f"#comment-{on_picture.pk}" in shown and f'id="comment-{on_picture.pk}"' in shown


def test_a_yes_pins_nothing(post: Post, token: str) -> None:
    said = {"post": post.pk, "revision": post.current_id, "verdict": "yes", "passage": "Il brille."}

    assert Client().post(f"/approve/{token}/answer", said).status_code == 302

    assert Answer.objects.get().remark is None and not Comment.objects.exists()
