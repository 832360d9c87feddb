"""What comes in is written anew, once, without what it told of its maker."""

from collections.abc import Callable
from pathlib import Path

import pytest
import pyvips

from tesselle.journal.models import Entry
from tesselle.library import services
from tesselle.library.files import LibraryFiles
from tesselle.library.models import Asset, Rendition
from tesselle.library.services.changing import delete
from tesselle.library.tests import films
from tesselle.library.tests.pictures import (
    avif,
    heic,
    picture,
    see_through,
    still_gif,
    upload,
    webp,
    with_xmp,
)
from tesselle.workspaces.models import User, Workspace


def add(workspace: Workspace, data: bytes, name: str = "tiles.jpg", by: User | None = None) -> Asset:
    return services.add_upload(workspace=workspace, file=upload(data, name), by=by, alt="")


def kept_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("made", [picture, heic, with_xmp])
def test_a_picture_is_kept_without_camera_place_and_words(
    workspace: Workspace, media_folder: Path, made: Callable[[], bytes]
) -> None:
    asset = add(workspace, made())

    kept = pyvips.Image.new_from_file(str(media_folder / asset.path))
    assert asset.mime == "image/jpeg"
    assert not [field for field in kept.get_fields() if "exif" in field.lower() or "xmp" in field.lower()]
    for word in (b"Camera of somebody", b"garden", b"Exif", b"GPS"):
        assert word not in kept_bytes(media_folder)
    assert (media_folder / asset.path).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("made", [picture, heic])
def test_a_picture_lying_on_its_side_is_set_upright(
    workspace: Workspace, media_folder: Path, made: Callable[..., bytes]
) -> None:
    asset = add(workspace, made(60, 40, orientation=6))

    assert (asset.width_px, asset.height_px) == (40, 60)


def test_a_portrait_from_a_phone_has_its_head_up(workspace: Workspace, media_folder: Path) -> None:
    """Orientation 6 turns by a quarter to the right: what lay at the upper left comes to the upper right."""
    asset = add(workspace, heic(60, 40, orientation=6))

    kept = pyvips.Image.new_from_file(str(media_folder / asset.path))
    assert kept(35, 5)[2] > 150 > kept(5, 5)[2]


@pytest.mark.parametrize(
    ("data", "size"),
    [(avif(), (50, 30)), (webp(), (50, 30)), (still_gif(), (50, 30))],
    ids=["avif", "webp", "gif"],
)
def test_every_usual_type_is_taken(workspace: Workspace, data: bytes, size: tuple[int, int]) -> None:
    asset = add(workspace, data, "photo")

    assert (asset.kind, asset.mime) == ("image", "image/jpeg")
    assert (asset.width_px, asset.height_px) == size


def test_a_see_through_picture_stays_png_and_a_full_one_does_not(workspace: Workspace) -> None:
    opaque = pyvips.Image.black(30, 30, bands=3).bandjoin(255).cast("uchar").copy(interpretation="srgb")

    clear = add(workspace, see_through(), "logo.png")
    full = add(workspace, opaque.pngsave_buffer(), "full.png")

    assert clear.mime == "image/png" and clear.path.endswith(".png")
    assert full.mime == "image/jpeg"


@pytest.mark.thorough
def test_a_photo_of_48_megapixels_keeps_its_size(workspace: Workspace, media_folder: Path) -> None:
    asset = add(workspace, picture(8064, 6048))

    assert (asset.width_px, asset.height_px) == (8064, 6048)
    small = next(media_folder.rglob("*.thumb.jpg"))
    assert pyvips.Image.new_from_file(str(small)).width == 640


def test_the_type_is_told_by_content_not_by_name(workspace: Workspace) -> None:
    assert add(workspace, picture(), "tiles.png").mime == "image/jpeg"


def test_the_same_picture_twice_is_one_asset(workspace: Workspace) -> None:
    assert add(workspace, picture()).pk == add(workspace, picture(), "again.jpg").pk


def test_what_was_thrown_away_comes_back_when_it_is_added_again(workspace: Workspace, alice: User) -> None:
    asset = add(workspace, picture())
    delete(asset, by=alice)

    assert add(workspace, picture()).deleted_at is None


def test_two_workspaces_have_an_asset_each(workspace: Workspace) -> None:
    other = Workspace.objects.create(name="Ailleurs")
    assert add(workspace, picture()).pk != add(other, picture()).pk


def test_a_content_names_the_file_the_worker_opens(workspace: Workspace, media_folder: Path) -> None:
    media = add(workspace, picture()).as_media("Blue tiles")
    assert LibraryFiles(media_folder).path(media).is_file()


def test_adding_is_in_the_journal(workspace: Workspace, alice: User) -> None:
    asset = add(workspace, picture(), by=alice)

    entry = Entry.objects.get(verb="asset.added")
    assert (entry.subject_id, entry.actor_name) == (asset.pk, str(alice))


@pytest.mark.parametrize(
    ("data", "width", "height"),
    [(films.phone_film(), 360, 640), (films.web_film(), 160, 90), (films.moving_gif(), 100, 76)],
    ids=["phone", "webm", "moving gif"],
)
def test_a_film_is_there_at_once_with_its_measures_and_a_worker_is_asked(
    workspace: Workspace, data: bytes, width: int, height: int
) -> None:
    asset = add(workspace, data, "clip")

    assert (asset.kind, asset.state, asset.mime) == ("video", "preparing", "video/mp4")
    assert (asset.width_px, asset.height_px) == (width, height)
    assert asset.seconds >= 1
    assert Rendition.objects.get(asset=asset).key == ""


def test_of_a_film_nothing_is_kept_that_tells_where_it_was_made(
    workspace: Workspace, media_folder: Path
) -> None:
    assert films.PLACE in films.phone_film()

    add(workspace, films.phone_film(), "clip.mov")

    assert films.PLACE not in kept_bytes(media_folder)
    assert b"Camera of somebody" not in kept_bytes(media_folder)
