"""The media page: what was added, what is said of it, and the way out with a way back."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tesselle.compose.services import save_post
from tesselle.domain.content import Content
from tesselle.journal.models import Entry
from tesselle.library.models import Asset
from tesselle.library.services import add_upload
from tesselle.library.tests import films
from tesselle.library.tests.factories import asset_of
from tesselle.library.tests.pictures import picture, upload
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def asset(workspace: Workspace) -> Asset:
    return add_upload(workspace=workspace, file=upload(picture(90, 60)), by=None)


def test_the_grid_shows_each_with_its_proportions_and_words(as_alice: Client, workspace: Workspace) -> None:
    asset_of(workspace, width_px=4000, height_px=3000, alt="Une mosaïque bleue")

    page = as_alice.get("/media").content.decode()

    assert 'width="4000" height="3000"' in page
    assert 'alt="Une mosaïque bleue"' in page


def test_the_number_of_questions_does_not_grow_with_the_pictures(
    as_alice: Client, workspace: Workspace
) -> None:
    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            as_alice.get("/media")
        return len(seen)

    asset_of(workspace)
    as_alice.get("/media")
    few = questions()
    for _ in range(30):
        asset_of(workspace)

    assert questions() == few


def test_a_plain_form_brings_the_page_again(as_alice: Client) -> None:
    answer = as_alice.post("/media/upload", {"files": [upload(picture()), upload(picture(shade=3), "b.jpg")]})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/media")
    assert Asset.objects.count() == 2


def test_our_script_is_given_the_tile(as_alice: Client) -> None:
    answer = as_alice.post("/media/upload", {"files": upload(picture())}, headers={"X-Upload": "one"})

    asset = Asset.objects.get()
    assert answer.headers["X-Asset"] == str(asset.pk)
    assert f'data-asset="{asset.pk}"' in answer.content.decode()


def test_words_and_focal_point_are_kept_and_go_into_the_next_post(as_alice: Client, asset: Asset) -> None:
    as_alice.post(f"/media/{asset.pk}", {"alt": "Un sol bleu", "focal_x": "20", "focal_y": "90"})

    asset.refresh_from_db()
    media = asset.as_media()
    assert (media.alt, media.focal_x, media.focal_y) == ("Un sol bleu", 0.2, 0.9)
    assert Entry.objects.filter(verb="asset.described", subject_id=asset.pk).exists()


def test_a_focal_point_outside_is_said_and_nothing_changes(as_alice: Client, asset: Asset) -> None:
    answer = as_alice.post(f"/media/{asset.pk}", {"alt": "x", "focal_x": "101", "focal_y": "0"})

    asset.refresh_from_db()
    assert answer.status_code == 422
    assert asset.alt == ""


def test_what_a_post_uses_cannot_be_deleted_and_says_where(
    as_alice: Client, workspace: Workspace, asset: Asset
) -> None:
    post = save_post(
        workspace=workspace, author=None, shared=Content("Un sol", media=(asset.as_media(),)), wordings=()
    )

    answer = as_alice.post(f"/media/{asset.pk}/delete")

    asset.refresh_from_db()
    assert answer.status_code == 422
    assert f"/posts/{post.pk}" in answer.content.decode()
    assert asset.deleted_at is None


def test_what_nobody_uses_is_deleted_and_can_be_brought_back(as_alice: Client, asset: Asset) -> None:
    answer = as_alice.post(f"/media/{asset.pk}/delete", follow=True)
    assert f"/media/{asset.pk}/restore" in answer.content.decode()
    assert f'data-asset="{asset.pk}"' not in answer.content.decode()

    as_alice.post(f"/media/{asset.pk}/restore")

    assert f'data-asset="{asset.pk}"' in as_alice.get("/media").content.decode()
    assert list(Entry.objects.filter(subject_kind="asset").values_list("verb", flat=True).order_by("id")) == [
        "asset.added",
        "asset.deleted",
        "asset.restored",
    ]


def test_a_film_says_how_far_it_is_and_asks_again(as_alice: Client, workspace: Workspace) -> None:
    film = add_upload(workspace=workspace, file=upload(films.plain_film(), "clip.mp4"), by=None)
    Asset.objects.filter(pk=film.pk).update(progress=40)

    shown = as_alice.get(f"/media/{film.pk}/state").content.decode()

    assert "40" in shown and "hx-get" in shown
    Asset.objects.filter(pk=film.pk).update(state="ready")
    assert "hx-get" not in as_alice.get(f"/media/{film.pk}/state").content.decode()


def test_a_viewer_looks_but_changes_nothing(client: Client, chloe: User, asset: Asset) -> None:
    client.force_login(chloe)

    assert client.get("/media").status_code == 200
    assert client.get(f"/media/{asset.pk}").status_code == 200
    for path in (
        "/media/upload",
        f"/media/{asset.pk}",
        f"/media/{asset.pk}/delete",
        f"/media/{asset.pk}/restore",
    ):
        assert client.post(path).status_code == 403


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/media/{}"),
        ("post", "/media/{}"),
        ("post", "/media/{}/delete"),
        ("post", "/media/{}/restore"),
        ("get", "/media/{}/state"),
    ],
)
def test_mallory_finds_nothing(client: Client, mallory: User, asset: Asset, method: str, path: str) -> None:
    client.force_login(mallory)

    assert getattr(client, method)(path.format(asset.pk)).status_code == 404
    assert f'data-asset="{asset.pk}"' not in client.get("/media").content.decode()


def test_what_mallory_uploads_stays_with_mallory(client: Client, mallory: User, workspace: Workspace) -> None:
    client.force_login(mallory)
    client.post("/media/upload", {"files": upload(picture())})

    assert not Asset.objects.filter(workspace=workspace).exists()
