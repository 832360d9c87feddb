"""The media page narrowed by its address; albums; several pictures at once."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tesselle.compose.services import save_post
from tesselle.domain.content import Content
from tesselle.journal.models import Entry
from tesselle.library.models import Album, Asset
from tesselle.library.tests.factories import asset_of
from tesselle.library.tests.pictures import picture, upload
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def morges(workspace: Workspace) -> Album:
    return Album.objects.create(workspace=workspace, name="Chalet aux Diablerets")


def shown(client: Client, address: str) -> set[int]:
    page = client.get(address)
    assert page.status_code == 200
    return {tile.id for tile in page.context["tiles"]}


def test_the_address_says_what_is_shown(as_alice: Client, workspace: Workspace, morges: Album) -> None:
    there = asset_of(workspace, album=morges, alt="Une douche", licence="own")
    tagged = asset_of(workspace, tags=["zellige", "avant"])
    film = asset_of(workspace, kind="video", file="assets/00/film.mp4", seconds=65, alt="Une terrasse")

    assert shown(as_alice, f"/media?album={morges.pk}") == {there.pk}
    assert shown(as_alice, "/media?album=none") == {tagged.pk, film.pk}
    assert shown(as_alice, "/media?tag=zellige") == {tagged.pk}
    assert shown(as_alice, "/media?kind=video") == {film.pk}
    assert shown(as_alice, "/media?lacks=alt") == {tagged.pk}
    assert shown(as_alice, "/media?lacks=licence") == {tagged.pk, film.pk}
    assert shown(as_alice, "/media?q=douches&album=") == {there.pk}
    assert shown(as_alice, f"/media?q=terrasse&album={morges.pk}") == set()


@pytest.mark.parametrize("nonsense", ["album=x", "album=999999", "tag=nothing", "kind=42", "page=x&use=?"])
def test_an_address_that_makes_no_sense_shows_everything(
    as_alice: Client, workspace: Workspace, nonsense: str
) -> None:
    asset = asset_of(workspace)

    assert shown(as_alice, f"/media?{nonsense}") == {asset.pk}


def test_used_means_in_a_post_that_was_not_thrown_away(as_alice: Client, workspace: Workspace) -> None:
    used, unused, once = (asset_of(workspace) for _ in range(3))
    for asset in (used, once):
        post = save_post(
            workspace=workspace, author=None, shared=Content(media=(asset.as_media(),)), wordings=()
        )
    post.deleted_at = post.created_at
    post.save()

    assert shown(as_alice, "/media?use=used") == {used.pk}
    assert shown(as_alice, "/media?use=unused") == {unused.pk, once.pk}


def test_the_search_answers_our_script_with_the_grid_alone(as_alice: Client, workspace: Workspace) -> None:
    asset_of(workspace, alt="Un escalier")

    answer = as_alice.get("/media?q=escaliers", headers={"HX-Request": "true"}).content.decode()

    assert "Un escalier" in answer and "<html" not in answer


@pytest.mark.parametrize("address", ["/media?q=sol+carrele&use=unused&lacks=licence", "/albums"])
def test_a_search_asks_as_often_among_many(as_alice: Client, workspace: Workspace, address: str) -> None:
    def add() -> int:
        for _ in range(10):
            album = Album.objects.create(workspace=workspace, name=f"a{Album.objects.count()}")
            asset_of(workspace, alt="Un sol carrelé", tags=[album.name], album=album)
        as_alice.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert as_alice.get(address).status_code == 200
        return len(asked)

    few = add()
    assert add() == few


def test_an_album_is_opened_and_pictures_are_added_into_it(as_alice: Client) -> None:
    answer = as_alice.post("/albums", {"name": "  Chalet,  Verbier "})
    album = Album.objects.get()
    assert (album.name, answer.headers["Location"]) == ("Chalet, Verbier", f"/media?album={album.pk}")
    assert f"/media/upload?album={album.pk}" in as_alice.get(f"/media?album={album.pk}").content.decode()

    as_alice.post(
        f"/media/upload?album={album.pk}", {"files": upload(picture())}, headers={"X-Upload": "one"}
    )

    assert Asset.objects.get().album == album
    assert Entry.objects.filter(verb="album.opened", subject_id=album.pk).exists()


def test_the_same_picture_added_again_moves_to_the_album_at_hand(as_alice: Client, morges: Album) -> None:
    as_alice.post("/media/upload", {"files": upload(picture())})
    as_alice.post(f"/media/upload?album={morges.pk}", {"files": upload(picture())})

    assert Asset.objects.get().album == morges


def test_two_albums_of_one_name_are_refused(as_alice: Client, morges: Album) -> None:
    assert as_alice.post("/albums", {"name": morges.name}).status_code == 422
    other = Album.objects.create(workspace=morges.workspace, name="Autre")
    assert as_alice.post(f"/albums/{other.pk}", {"name": morges.name}).status_code == 422
    assert Album.objects.count() == 2


def test_an_album_is_renamed_and_closed_and_its_pictures_stay(as_alice: Client, morges: Album) -> None:
    asset = asset_of(morges.workspace, album=morges)

    as_alice.post(f"/albums/{morges.pk}", {"name": "Villa du lac"})
    morges.refresh_from_db()
    assert morges.name == "Villa du lac"
    as_alice.post(f"/albums/{morges.pk}/close")

    asset.refresh_from_db()
    assert asset.album is None
    assert list(Entry.objects.filter(subject_kind="album").values_list("verb", flat=True).order_by("id")) == [
        "album.renamed",
        "album.closed",
    ]


def test_what_is_ticked_goes_into_an_album_with_its_tags(as_alice: Client, morges: Album) -> None:
    first, second, third = (asset_of(morges.workspace, tags=["sol"]) for _ in range(3))

    answer = as_alice.post(
        "/media/chosen",
        {
            "asset": [first.pk, second.pk, "x"],
            "album": morges.pk,
            "tags": "Sol, #Avant  travaux,",
            "address": "q=sol",
        },
    )

    assert answer.headers["Location"] == "/media?q=sol"
    for asset, album, tags in (
        (first, morges, ["sol", "avant travaux"]),
        (second, morges, ["sol", "avant travaux"]),
        (third, None, ["sol"]),
    ):
        asset.refresh_from_db()
        assert (asset.album, asset.tags) == (album, tags)


def test_nothing_ticked_changes_nothing_and_says_so(as_alice: Client, morges: Album) -> None:
    asset = asset_of(morges.workspace)

    as_alice.post("/media/chosen", {"album": morges.pk})
    as_alice.post("/media/chosen", {"asset": asset.pk})
    as_alice.post("/media/chosen", {"asset": asset.pk, "tags": "x" * 41})

    asset.refresh_from_db()
    assert (asset.album, asset.tags) == (None, [])


def test_mallory_reaches_no_album_and_no_picture_of_ours(
    client: Client, mallory: User, workspace: Workspace, morges: Album
) -> None:
    asset = asset_of(workspace)
    client.force_login(mallory)

    assert client.get(f"/albums/{morges.pk}").status_code == 404
    assert client.post(f"/albums/{morges.pk}", {"name": "x"}).status_code == 404
    assert client.post(f"/albums/{morges.pk}/close").status_code == 404
    assert client.post(f"/media/upload?album={morges.pk}", {"files": upload(picture())}).status_code == 404
    client.post("/media/chosen", {"asset": asset.pk, "tags": "x"})
    # Her own picture into an album of ours: the choice is not on her list.
    hers = asset_of(mallory.memberships.get().workspace)
    client.post("/media/chosen", {"asset": hers.pk, "album": morges.pk})
    client.post(f"/media/{hers.pk}", {"alt": "", "focal_x": 5, "focal_y": 5, "album": morges.pk})

    asset.refresh_from_db()
    hers.refresh_from_db()
    assert (asset.tags, hers.album) == ([], None)
    assert morges.name not in client.get("/albums").content.decode()


def test_a_viewer_looks_and_changes_nothing(client: Client, chloe: User, morges: Album) -> None:
    client.force_login(chloe)
    asset_of(morges.workspace)

    assert "media-choose" not in client.get("/media").content.decode()
    assert client.get("/albums").status_code == 200
    assert client.post("/albums", {"name": "x"}).status_code == 403
    assert client.post("/media/chosen", {}).status_code == 403
