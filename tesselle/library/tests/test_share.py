"""Photos shared from a telephone: into an album that is there, or a new one."""

from django.test import Client

from tesselle.library.models import Album, Asset
from tesselle.library.tests.pictures import picture, upload
from tesselle.workspaces.models import User, Workspace


def test_a_photo_goes_into_the_chosen_album(as_alice: Client, workspace: Workspace) -> None:
    album = Album.objects.create(workspace=workspace, name="Villa à Morges")

    answer = as_alice.post("/share", {"album": album.pk, "files": upload(picture(), "sol.jpg")})

    assert answer.headers["Location"] == f"/media?album={album.pk}"
    assert Asset.objects.get().album == album


def test_a_new_album_is_opened_on_the_way(as_alice: Client) -> None:
    as_alice.post("/share", {"name": "Cuisine de Nyon", "files": upload(picture(), "mur.jpg")})

    assert Asset.objects.get().album == Album.objects.get(name="Cuisine de Nyon")


def test_nothing_shared_is_said_and_nothing_is_kept(as_alice: Client) -> None:
    page = as_alice.post("/share", {})

    assert page.status_code == 422 and not Asset.objects.exists()


def test_the_album_of_another_workspace_is_not_to_be_found(
    client: Client, as_alice: Client, mallory: User
) -> None:
    theirs = Album.objects.create(workspace=mallory.memberships.get().workspace, name="À eux")

    assert (
        as_alice.post("/share", {"album": theirs.pk, "files": upload(picture(), "x.jpg")}).status_code == 404
    )


def test_a_form_of_another_site_shares_nothing(alice: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)

    assert strict.post("/share", {"files": upload(picture(), "x.jpg")}).status_code == 403
