"""A folder or a bucket: the same promises."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from moto.server import ThreadedMotoServer
from pytest_django import Settings

from tesselle.config.environment import SettingError, read
from tesselle.library import storage
from tesselle.library.bucket import S3Settings
from tesselle.library.models import Asset
from tesselle.library.s3 import S3Store
from tesselle.library.services import add_upload
from tesselle.library.storage import LocalStore, Store
from tesselle.library.tests.pictures import picture, upload
from tesselle.workspaces.models import Workspace

NAME = "assets/ab/ab12.jpg"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str) -> S3Settings:
    import boto3

    name = f"media-{time.monotonic_ns()}"
    client = boto3.client(
        "s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="k", aws_secret_access_key="s"
    )
    client.create_bucket(Bucket=name)
    return S3Settings(name, "k", "s", endpoint, cache_megabytes=1)


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "folder":
        return LocalStore(tmp_path / "kept")
    return S3Store(request.getfixturevalue("bucket"), tmp_path / "cache")


def source(tmp_path: Path, data: bytes = b"tiles") -> Path:
    path = tmp_path / "source"
    path.write_bytes(data)
    return path


def test_what_is_put_in_comes_out(store: Store, tmp_path: Path) -> None:
    assert not store.exists(NAME)

    store.put(NAME, source(tmp_path))

    assert store.exists(NAME)
    assert store.local(NAME).read_bytes() == b"tiles"
    assert store.local(NAME).stat().st_mode & 0o777 == 0o600
    assert store.check() == ""


def test_what_is_deleted_is_gone_and_gone_twice_is_no_error(store: Store, tmp_path: Path) -> None:
    store.put(NAME, source(tmp_path))

    store.delete(NAME)
    store.delete(NAME)

    assert not store.exists(NAME)
    with pytest.raises(FileNotFoundError):
        store.local(NAME)


def test_no_name_leads_outside(store: Store, tmp_path: Path) -> None:
    with pytest.raises(LookupError):
        store.local("../../secret")


def test_another_machine_fetches_what_it_does_not_have(bucket: S3Settings, tmp_path: Path) -> None:
    S3Store(bucket, tmp_path / "one").put(NAME, source(tmp_path))

    assert S3Store(bucket, tmp_path / "two").local(NAME).read_bytes() == b"tiles"


def test_a_network_fetches_from_the_bucket_itself(bucket: S3Settings, tmp_path: Path) -> None:
    store = S3Store(bucket, tmp_path / "cache")
    store.put(NAME, source(tmp_path))

    address = store.address(NAME, 600)

    assert "X-Amz-Signature" in address
    with urlopen(address) as answer:
        assert answer.read() == b"tiles"


def test_the_cache_stays_bounded_and_forgets_what_was_asked_for_longest_ago(
    bucket: S3Settings, tmp_path: Path
) -> None:
    store = S3Store(bucket, tmp_path / "cache")
    for number in range(4):
        store.put(f"a/{number}", source(tmp_path, b"x" * 400_000))
        used = time.time() - 7200 + number
        os.utime(tmp_path / "cache" / "a" / str(number), (used, used))

    store.put("a/new", source(tmp_path, b"x"))

    there = {path.name for path in (tmp_path / "cache" / "a").iterdir()}
    assert there == {"2", "3", "new"}
    assert store.local("a/0").stat().st_size == 400_000


def test_a_bucket_that_is_not_there_is_named(bucket: S3Settings, tmp_path: Path) -> None:
    lost = S3Settings("nowhere", "k", "s", bucket.endpoint)

    assert "nowhere" in S3Store(lost, tmp_path / "cache").check()


def test_pictures_go_into_the_configured_bucket(
    bucket: S3Settings, workspace: Workspace, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_S3 = bucket

    asset: Asset = add_upload(workspace=workspace, file=upload(picture()), by=None)

    assert isinstance(storage.current(), S3Store)
    assert S3Store(bucket, tmp_path / "elsewhere").local(asset.path).stat().st_size == asset.size_bytes


def test_the_secret_is_not_shown() -> None:
    assert "hush" not in repr(S3Settings("media", "key", "hush"))


GOOD = {
    "DATABASE_URL": "postgresql://x",
    "TESSELLE_SECRET_KEY": "x",
    "TESSELLE_ENCRYPTION_KEYS": "x",
    "TESSELLE_S3_BUCKET": "media",
    "TESSELLE_S3_KEY": "key",
    "TESSELLE_S3_SECRET": "hush",
}


def test_the_bucket_is_read_from_the_environment() -> None:
    found = read({**GOOD, "TESSELLE_S3_ENDPOINT": "https://s3.example.org/", "TESSELLE_S3_CACHE_MB": "50"}).s3

    assert found is not None
    assert (found.bucket, found.endpoint, found.cache_megabytes) == ("media", "https://s3.example.org", 50)
    assert read({name: value for name, value in GOOD.items() if "S3" not in name}).s3 is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"TESSELLE_S3_SECRET": ""}, "TESSELLE_S3_SECRET is not"),
        ({"TESSELLE_S3_ENDPOINT": "s3.example.org"}, "https://"),
        ({"TESSELLE_S3_CACHE_MB": "0"}, "1 or more"),
    ],
)
def test_a_wrong_bucket_setting_stops_the_start(wrong: dict[str, str], words: str) -> None:
    with pytest.raises(SettingError, match=words):
        read({**GOOD, **wrong})
