"""Pictures in a bucket that is not ours: put, shown, fetched by a network, thrown away."""

from pathlib import Path
from urllib.request import urlopen

import pytest
from django.test import Client
from pytest_django import Settings

from tesselle.library import storage
from tesselle.library.bucket import S3Settings
from tesselle.library.files import LibraryFiles
from tesselle.library.models import Asset
from tesselle.library.s3 import S3Store
from tesselle.library.services import add_upload
from tesselle.library.tests.pictures import heic, picture, upload
from tesselle.workspaces.models import Workspace
from tests.real.servers.s3 import S3


@pytest.fixture(autouse=True)
def in_the_bucket(s3: S3, settings: Settings, tmp_path: Path) -> S3Settings:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_S3 = S3Settings(s3.bucket, s3.key, s3.secret, s3.endpoint)
    return settings.MEDIA_S3


def test_it_can_be_written_and_read() -> None:
    assert storage.current().check() == ""


def test_wrong_keys_are_told(s3: S3, tmp_path: Path) -> None:
    wrong = S3Settings(s3.bucket, "nobody", "nothing", s3.endpoint)

    assert s3.bucket in S3Store(wrong, tmp_path).check()


def test_a_photo_from_a_phone_is_shown_by_a_machine_that_never_saw_it(
    as_alice: Client, workspace: Workspace, settings: Settings, tmp_path: Path
) -> None:
    asset = add_upload(workspace=workspace, file=upload(heic(), "IMG_1.HEIC"), by=None)
    settings.MEDIA_ROOT = tmp_path / "another machine"

    answer = as_alice.get(f"/assets/{asset.pk}")

    assert answer.status_code == 200
    assert len(answer.getvalue()) == asset.size_bytes


def test_a_network_fetches_it_from_the_bucket(workspace: Workspace, settings: Settings) -> None:
    asset = add_upload(workspace=workspace, file=upload(picture()), by=None)

    address = LibraryFiles(Path(settings.MEDIA_ROOT)).address(asset.as_media())

    with urlopen(address) as answer:
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert len(answer.read()) == asset.size_bytes


def test_what_is_thrown_away_is_gone(workspace: Workspace) -> None:
    asset: Asset = add_upload(workspace=workspace, file=upload(picture(70, 50)), by=None)

    storage.current().delete(asset.path)

    assert not storage.current().exists(asset.path)
