"""A network may fetch one file for some hours; nobody may fetch anything else."""

import time
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.test import Client
from pytest_django import Settings

from tesselle.connectors.http.exchange import Exchange, Gate, Request, Response
from tesselle.connectors.http.guarded import REFUSED, Guard, GuardedTransport
from tesselle.library import public, storage
from tesselle.library.bounds import Bound
from tesselle.library.files import LibraryFiles
from tesselle.library.models import Asset
from tesselle.library.reachability import reach
from tesselle.library.services import add_upload
from tesselle.library.tests.pictures import picture, upload
from tesselle.library.views import public as public_views
from tesselle.workspaces.models import Workspace


@pytest.fixture
def asset(workspace: Workspace) -> Asset:
    return add_upload(workspace=workspace, file=upload(picture()), by=None)


@pytest.fixture(autouse=True)
def fresh_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_views, "_bound", Bound(5, seconds=60.0))


def test_a_stranger_with_the_address_gets_the_picture_and_no_cookie(client: Client, asset: Asset) -> None:
    answer = client.get(public.path_of(asset.path))

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert not answer.cookies
    assert len(answer.getvalue()) == asset.size_bytes


def test_it_may_be_fetched_in_pieces(client: Client, asset: Asset) -> None:
    answer = client.get(public.path_of(asset.path), headers={"Range": "bytes=2-5"})

    assert (answer.status_code, len(answer.getvalue())) == (206, 4)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path, other: path.replace("/m/", "/m/f"),
        lambda path, other: path[:20] + ("0" if path[20] != "0" else "1") + path[21:],
        lambda path, other: path.partition(".")[0] + "." + "é" * 5 + "/" + path.rpartition("assets/")[2],
        lambda path, other: path.rpartition("/assets/")[0] + "/" + other,
        lambda path, other: path.rpartition("/assets/")[0] + "/../../etc/passwd",
        lambda path, other: "/m/x/" + other,
        lambda path, other: public.path_of(other, seconds=60, now=time.time() - 61),
        lambda path, other: public.path_of("keys.env"),
    ],
    ids=[
        "later",
        "another mac",
        "odd signs",
        "another file",
        "outside",
        "no token",
        "too late",
        "no picture",
    ],
)
def test_any_other_address_is_not_there(client: Client, asset: Asset, workspace: Workspace, spoil) -> None:
    other = add_upload(workspace=workspace, file=upload(picture(shade=30)), by=None)

    assert client.get(spoil(public.path_of(asset.path), other.path)).status_code == 404


def test_one_caller_cannot_ask_for_ever(client: Client, asset: Asset) -> None:
    answers = [client.get(public.path_of(asset.path)) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    for answer in answers:
        answer.close()


def test_a_connector_is_handed_a_full_address(asset: Asset, media_folder: Path, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://social.example.org"

    address = LibraryFiles(media_folder).address(asset.as_media())

    assert address.startswith("https://social.example.org/m/")
    assert address.endswith(asset.path)


class Asked:
    """The internet as far as this test needs it: our own pages."""

    def __init__(self, client: Client, status: int = 0) -> None:
        self._client = client
        self._status = status

    async def exchange(self, request: Request, gate: Gate | None = None) -> Exchange:
        if self._status:
            return Exchange(True, Response(self._status, {}, b"<html>"))
        path = request.url.partition("//")[2].partition("/")[2]
        answer = await sync_to_async(self._client.get)(f"/{path}")
        return Exchange(True, Response(answer.status_code, {}, answer.getvalue()))


def test_reachability_fetches_our_own_picture(client: Client, media_folder: Path, db: None) -> None:
    assert async_to_sync(reach)(Asked(client)).ok
    assert storage.current().exists("public/reachability.png")


@pytest.mark.parametrize(("status", "words"), [(502, "HTTP 502"), (200, "something else than our picture")])
async def test_what_answers_otherwise_is_told(
    client: Client, media_folder: Path, status: int, words: str
) -> None:
    reached = await reach(Asked(client, status))

    assert not reached.ok
    assert words in str(reached.message)


async def test_an_address_of_this_building_does_not_count(
    client: Client, media_folder: Path, settings: Settings
) -> None:
    settings.PUBLIC_URL = "http://127.0.0.1:8000"

    reached = await reach(GuardedTransport(Asked(client), Guard()))

    assert not reached.ok
    assert REFUSED in str(reached.message)
