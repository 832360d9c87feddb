"""Files are for the members of their workspace; a film is served in pieces."""

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient, Client

from tesselle.library.models import Asset
from tesselle.library.services import add_upload
from tesselle.library.tests import films
from tesselle.library.tests.pictures import picture, upload
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def asset(workspace: Workspace) -> Asset:
    return add_upload(workspace=workspace, file=upload(picture(1000, 500)), by=None)


def test_a_viewer_sees_it_with_headers_that_keep_it_harmless(
    client: Client, chloe: User, asset: Asset
) -> None:
    client.force_login(chloe)
    response = client.get(f"/assets/{asset.pk}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Cache-Control"].startswith("private")
    response.close()


def test_the_thumbnail_is_smaller(client: Client, chloe: User, asset: Asset) -> None:
    client.force_login(chloe)
    whole, small = client.get(f"/assets/{asset.pk}"), client.get(f"/assets/{asset.pk}/small")
    assert 0 < len(small.getvalue()) < len(whole.getvalue())


@pytest.mark.parametrize(
    ("asked", "status", "told", "length"),
    [
        ("bytes=0-9", 206, "bytes 0-9/{size}", 10),
        ("bytes=-5", 206, "bytes {tail}-{last}/{size}", 5),
        ("bytes=10-", 206, "bytes 10-{last}/{size}", None),
        ("bytes=999999999-", 416, "bytes */{size}", 0),
        ("bytes=5-2", 416, "bytes */{size}", 0),
        ("bytes=0-1,4-5", 200, None, None),
        ("lines=1", 200, None, None),
    ],
)
def test_a_range_is_answered_with_just_that(
    as_alice: Client, asset: Asset, asked: str, status: int, told: str | None, length: int | None
) -> None:
    whole = as_alice.get(f"/assets/{asset.pk}").getvalue()
    size = len(whole)

    response = as_alice.get(f"/assets/{asset.pk}", headers={"Range": asked})

    assert response.status_code == status
    assert response.headers.get("Content-Range") == (
        told and told.format(size=size, last=size - 1, tail=size - 5)
    )
    body = response.getvalue() if response.streaming else response.content
    if length is not None:
        assert len(body) == length
    if asked == "bytes=-5":
        assert body == whole[-5:]


def test_under_asgi_it_streams_without_reading_the_whole(alice: User, asset: Asset) -> None:
    async def asked() -> bytes:
        client = AsyncClient()
        await client.aforce_login(alice)
        response = await client.get(f"/assets/{asset.pk}")
        return b"".join([part async for part in response])

    assert async_to_sync(asked)().startswith(b"\xff\xd8")


def test_a_film_being_prepared_shows_a_drawing_and_no_file(as_alice: Client, workspace: Workspace) -> None:
    film = add_upload(workspace=workspace, file=upload(films.plain_film(), "clip.mp4"), by=None)

    assert as_alice.get(f"/assets/{film.pk}/small").headers["Location"].endswith("film.svg")
    assert as_alice.get(f"/assets/{film.pk}").status_code == 404


@pytest.mark.parametrize("address", ["/assets/{}", "/assets/{}/small", "/assets/{}/poster"])
def test_mallory_learns_nothing(client: Client, mallory: User, asset: Asset, address: str) -> None:
    client.force_login(mallory)
    assert client.get(address.format(asset.pk)).status_code == 404
