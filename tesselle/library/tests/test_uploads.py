"""What comes in is drawn anew, once, without what it told of its maker."""

from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
import pyvips

from tesselle.domain.errors import RuleError
from tesselle.domain.limits import MediaLimit, Source
from tesselle.library import services
from tesselle.library.files import LibraryFiles
from tesselle.library.models import Asset
from tesselle.library.tests.pictures import noise, picture, see_through, upload
from tesselle.workspaces.models import User, Workspace


def add(workspace: Workspace, data: bytes, name: str = "tiles.jpg", by: User | None = None) -> Asset:
    return services.add_upload(workspace=workspace, file=upload(data, name), by=by, alt="")


def test_a_picture_is_kept_without_camera_and_place(workspace: Workspace, media_folder: Path) -> None:
    asset = add(workspace, picture())
    kept = pyvips.Image.new_from_file(str(media_folder / asset.path))
    assert (asset.mime, asset.width_px, asset.height_px) == ("image/jpeg", 60, 40)
    assert not [field for field in kept.get_fields() if "exif" in field.lower()]
    assert b"Camera of somebody" not in (media_folder / asset.path).read_bytes()
    assert (media_folder / asset.path).stat().st_mode & 0o777 == 0o600


def test_a_picture_lying_on_its_side_is_set_upright(workspace: Workspace) -> None:
    asset = add(workspace, picture(60, 40, orientation=6))
    assert (asset.width_px, asset.height_px) == (40, 60)


def test_a_see_through_picture_stays_png(workspace: Workspace) -> None:
    asset = add(workspace, see_through(), "logo.png")
    assert asset.mime == "image/png" and asset.path.endswith(".png")


def test_a_very_wide_picture_is_brought_to_4096_pixels(workspace: Workspace) -> None:
    asset = add(workspace, picture(6000, 30))
    assert asset.width_px == 4096


def test_the_type_is_told_by_content_not_by_name(workspace: Workspace) -> None:
    assert add(workspace, picture(), "tiles.png").mime == "image/jpeg"


def test_the_same_picture_twice_is_one_asset(workspace: Workspace) -> None:
    assert add(workspace, picture()).pk == add(workspace, picture(), "again.jpg").pk


def test_two_workspaces_have_an_asset_each(workspace: Workspace) -> None:
    other = Workspace.objects.create(name="Ailleurs")
    assert add(workspace, picture()).pk != add(other, picture()).pk


def test_a_content_names_the_file_the_worker_opens(workspace: Workspace, media_folder: Path) -> None:
    media = add(workspace, picture()).as_media("Blue tiles")
    assert LibraryFiles(media_folder).path(media).is_file()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture we can use"),
        (picture(400, 400)[:600], "damaged or cut off"),
        (b"\xff\xd8\xff\xe0 not really", "damaged or cut off"),
    ],
    ids=["empty", "not an image", "truncated", "only the first bytes right"],
)
def test_what_cannot_be_used_is_said_and_not_kept(
    workspace: Workspace, media_folder: Path, data: bytes, words: str
) -> None:
    with pytest.raises(RuleError, match=words):
        add(workspace, data)
    assert not Asset.objects.exists()
    assert not [path for path in media_folder.rglob("*") if path.is_file()]


def test_a_bomb_is_refused_before_it_is_unpacked(workspace: Workspace) -> None:
    bomb = pyvips.Image.black(20_000, 6_000).pngsave_buffer(compression=9)
    with pytest.raises(RuleError, match="too many pixels"):
        add(workspace, bomb, "bomb.png")


def test_more_than_25_megabytes_are_refused(workspace: Workspace) -> None:
    with patch.object(services, "MAX_BYTES", 100), pytest.raises(RuleError, match="25 MB are allowed"):
        add(workspace, picture())


def test_a_picture_is_made_small_enough_for_a_network(workspace: Workspace) -> None:
    asset = add(workspace, noise(900, 900))
    limit = MediaLimit(
        ("image/jpeg",),
        Source("a test", date(2026, 11, 24)),
        max_bytes=asset.size_bytes // 3,
        max_width_px=800,
    )
    smaller = services.convert(asset, limit, by=None)
    assert smaller.pk != asset.pk
    assert smaller.size_bytes <= limit.max_bytes
    assert smaller.width_px <= 800
