"""Copies of a picture find one another; different pictures do not."""

import math
from pathlib import Path

import pyvips
from django.test import Client

from tesselle.library.models import Asset
from tesselle.library.services import add_upload
from tesselle.library.services.changing import delete
from tesselle.library.tests.pictures import picture, upload
from tesselle.workspaces.models import User, Workspace


def scene(seed: int) -> pyvips.Image:
    """Soft spots of light and shade, as a room has them; another seed is another room."""
    across = pyvips.Image.xyz(640, 480)
    x, y = across[0] / 640, across[1] / 480
    light = x * 0
    for number in range(1, 6):
        turn = seed * 1.7 + number * 2.3
        wave = (x * math.cos(turn) + y * math.sin(turn)) * 360 * (1 + number % 3) + turn * 50
        light = light + wave.sin() / number
    return ((light + 2) * 60).cast("uchar").bandjoin([90, 120]).copy(interpretation="srgb")


def added(workspace: Workspace, image: pyvips.Image, name: str, quality: int = 90) -> Asset:
    data: bytes = image.jpegsave_buffer(Q=quality)
    return add_upload(workspace=workspace, file=upload(data, name), by=None)


def test_a_smaller_a_lighter_and_a_rougher_copy_are_one_group(workspace: Workspace, alice: User) -> None:
    first = added(workspace, scene(1), "a.jpg")
    copies = [
        added(workspace, scene(1).resize(0.4), "small.jpg"),
        added(workspace, (scene(1) * 1.1).cast("uchar"), "lighter.jpg"),
        added(workspace, scene(1), "rough.jpg", quality=20),
    ]
    other = added(workspace, scene(4), "other.jpg")

    first.refresh_from_db()
    assert {copy.alike for copy in copies} == {first.alike} == {first.pk}
    assert other.look is not None and other.alike is None


def test_they_are_shown_together_and_on_each_others_page(
    as_alice: Client, workspace: Workspace, alice: User
) -> None:
    first, copy = added(workspace, scene(1), "a.jpg"), added(workspace, scene(1).resize(0.5), "b.jpg")
    added(workspace, scene(4), "c.jpg")

    tiles = as_alice.get("/media?alike=on").context["tiles"]
    assert {tile.id for tile in tiles} == {first.pk, copy.pk}
    assert f"/media/{copy.pk}" in as_alice.get(f"/media/{first.pk}").content.decode()

    delete(copy, by=alice)
    assert as_alice.get("/media?alike=on").context["tiles"] == []


def test_plain_pictures_are_not_compared(workspace: Workspace) -> None:
    white = (pyvips.Image.black(300, 200, bands=3) + 255).cast("uchar").copy(interpretation="srgb")
    black = pyvips.Image.black(300, 210, bands=3).copy(interpretation="srgb")

    assert [added(workspace, image, "plain.jpg").look for image in (white, black)] == [None, None]


def test_another_workspace_is_never_alike(workspace: Workspace, mallory: User, media_folder: Path) -> None:
    theirs = added(mallory.memberships.get().workspace, scene(1), "a.jpg")
    ours = added(workspace, scene(1).resize(0.5), "b.jpg")

    theirs.refresh_from_db()
    assert ours.alike is None and theirs.alike is None


def test_the_same_file_again_is_no_copy(workspace: Workspace) -> None:
    once = add_upload(workspace=workspace, file=upload(picture(90, 60)), by=None)
    again = add_upload(workspace=workspace, file=upload(picture(90, 60)), by=None)

    assert once.pk == again.pk and again.alike is None
