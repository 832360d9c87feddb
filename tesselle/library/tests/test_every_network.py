"""From one phone photo and one phone film, in their true sizes, the files for every network are made without
anybody touching anything; what cannot be made is said before planning, and is known here by name."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tesselle.domain.checks import check, check_as_sent
from tesselle.domain.content import Content, Media
from tesselle.domain.findings import Severity
from tesselle.domain.fitting import Recipe, limit_of, recipe_for
from tesselle.domain.limits import Limits
from tesselle.library.decoding import Decoded, draw, keep, prepare
from tesselle.library.tests.films import phone_film
from tesselle.library.tests.pictures import heic
from tesselle.networks import plugin, slugs
from tesselle.ops.commands.networks import plain_account

pytestmark = pytest.mark.thorough

MEGAPIXELS_48 = (8064, 6048)
Place = tuple[str, str, str]
"""A network, a kind of account, a format."""


def limits_everywhere() -> Iterator[tuple[Place, Limits]]:
    for slug in slugs():
        network = plugin(slug)
        for kind in network.card.account_kinds:
            limits = network.connector.limits(plain_account(network, kind.slug))
            for name, one in limits.each():
                yield (slug, kind.slug, name), one


def as_media(decoded: Decoded, kind: str) -> Media:
    return Media(
        "video" if kind == "video" else "image",
        decoded.mime,
        decoded.path.stat().st_size,
        decoded.width_px,
        decoded.height_px,
        decoded.seconds,
        alt="Un sol",
        fps=decoded.fps,
        codec=decoded.codec,
    )


def of_media(content: Content, limits: Limits, *, made: bool) -> list[str]:
    """What is wrong with the file itself."""
    found = check(content, limits) if made else check_as_sent(content, limits)
    return [one.code for one in found if one.severity is Severity.ERROR and one.place.startswith("media.0")]


async def _nothing(_percent: int) -> None:
    pass


class Shop:
    """Makes each recipe once, however many networks share it."""

    def __init__(self, kept: Decoded, kind: str, folder: Path) -> None:
        self.media, self._kept, self._kind, self._folder = as_media(kept, kind), kept, kind, folder
        self.made = cache(self._made)

    def _made(self, recipe: Recipe) -> Media:
        bench = self._folder / recipe.key
        bench.mkdir()
        if self._kind == "image":
            decoded = draw(self._kept.path, bench, recipe)
        else:
            decoded = asyncio.run(prepare(self._kept.path, bench, recipe, _nothing))
        return as_media(decoded, self._kind)

    def unfit(self) -> dict[Place, list[str]]:
        """Where it cannot go, with the reasons that were given before; anywhere else the made file fits."""
        said = {}
        for place, limits in limits_everywhere():
            if not (limits.max_videos if self._kind == "video" else limits.max_images):
                continue
            before = of_media(Content("x", media=(self.media,)), limits, made=False)
            if before:
                said[place] = before
                continue
            limit = limit_of(self.media, limits)
            recipe = recipe_for(self.media, limit) if limit is not None else None
            out = self.made(recipe) if recipe is not None else self.media
            assert of_media(Content("x", media=(out,)), limits, made=True) == [], place
        return said


def test_a_photo_of_48_megapixels_goes_everywhere(tmp_path: Path) -> None:
    source = tmp_path / "IMG_0001.HEIC"
    source.write_bytes(heic(*MEGAPIXELS_48))

    kept = keep(source, tmp_path)

    assert (kept.width_px, kept.height_px) == (6048, 8064)  # upright
    assert Shop(kept, "image", tmp_path).unfit() == {}


def test_a_film_in_4k_that_lies_on_its_side_goes_everywhere(tmp_path: Path) -> None:
    source = tmp_path / "IMG_0002.MOV"
    source.write_bytes(phone_film(seconds=10, size="3840x2160"))

    decoded = asyncio.run(prepare(source, tmp_path, None, _nothing))
    kept = replace(decoded, path=decoded.path.rename(tmp_path / "master.mp4"))

    assert (kept.width_px, kept.height_px) == (1080, 1920)
    assert Shop(kept, "video", tmp_path).unfit() == {}
