"""What the recipe promises, the encoder makes: whatever is on the picture, the file fits."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
import pyvips
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tesselle.domain.checks import check, check_as_sent
from tesselle.domain.content import Content, Media
from tesselle.domain.findings import Severity
from tesselle.domain.fitting import Recipe, recipe_for
from tesselle.domain.limits import MediaLimit
from tesselle.domain.tests.limits import SOURCE
from tesselle.domain.tests.test_fitting import limits_with, media_limits
from tesselle.library.decode import transcoding
from tesselle.library.decode.drawing import draw, size_at
from tesselle.library.decode.sniffing import sniff
from tesselle.library.tests import films
from tesselle.library.tests.pictures import noise


def kept(width: int, height: int, *, clear: bool) -> tuple[bytes, Media]:
    """The worst an encoder can be given: noise, with or without holes."""
    if not clear:
        data = noise(width, height)
        return data, Media("image", "image/jpeg", len(data), width, height, alt="x")
    image = pyvips.Image.gaussnoise(width, height, mean=128, sigma=60).cast("uchar")
    image = image.bandjoin([image, image, image]).copy(interpretation="srgb")
    data = image.pngsave_buffer()
    return data, Media("image", "image/png", len(data), width, height, alt="x")


@given(
    st.integers(64, 4000),
    st.integers(64, 4000),
    st.sampled_from([0.9, 0.8, 0.7, 0.6, 0.5, 0.4]),
    st.floats(0, 0.01),
)
@example(222, 444, 0.7, 0.0)
def test_a_smaller_picture_keeps_to_the_ratios_that_are_allowed(
    width: int, height: int, factor: float, play: float
) -> None:
    """Rounded each for itself, 0.7 of 222 by 444 is 155 by 311: narrower than one to two."""
    ratio = width / height
    recipe = Recipe(("image/jpeg",), width, height, min_aspect=ratio, max_aspect=ratio * (1.02 + play))

    smaller = size_at(recipe, factor)

    assert recipe.min_aspect <= smaller[0] / smaller[1] <= recipe.max_aspect
    assert abs(smaller[0] - factor * width) <= 9
    assert abs(smaller[1] - factor * height) <= 9


@settings(max_examples=25, deadline=None)
@given(st.integers(20, 900), st.integers(20, 900), st.booleans(), st.floats(0, 1), media_limits())
def test_the_file_is_within_every_limit_or_it_was_said_before(
    width: int, height: int, clear: bool, focus: float, limit: MediaLimit
) -> None:
    data, media = kept(width, height, clear=clear)
    media = replace(media, focal_x=focus, focal_y=focus)
    recipe = recipe_for(media, limit)
    said = check_as_sent(Content("x", media=(media,)), limits_with(limit))
    if recipe is None or any(finding.severity is Severity.ERROR for finding in said):
        return

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        source.write_bytes(data)
        made = draw(source, Path(folder), sniff(data[:64]), recipe)
        weight = (Path(folder) / made["name"]).stat().st_size

    out = replace(
        media, mime=made["mime"], size_bytes=weight, width_px=made["width"], height_px=made["height"]
    )
    assert check(Content("x", media=(out,)), limits_with(limit)) == ()


@pytest.mark.parametrize(
    "limit",
    [
        MediaLimit(("video/mp4",), SOURCE, max_bytes=200_000),
        MediaLimit(("video/mp4",), SOURCE, max_width_px=200, max_fps=15),
        MediaLimit(("video/mp4",), SOURCE, min_aspect=0.5, max_aspect=1.0),
    ],
    ids=["light", "small and slow", "square"],
)
def test_a_film_is_made_to_the_limit(limit: MediaLimit, tmp_path: Path) -> None:
    data = films.plain_film(640, 360, 2)
    media = Media("video", "video/mp4", len(data), 640, 360, seconds=2, fps=25, codec="h264", alt="x")
    (tmp_path / "source").write_bytes(data)
    recipe = recipe_for(media, limit)
    assert recipe is not None

    made = transcoding.rendition(tmp_path / "source", tmp_path, recipe, lambda share: None)

    out = replace(
        media,
        size_bytes=(tmp_path / made["name"]).stat().st_size,
        width_px=made["width"],
        height_px=made["height"],
        fps=made["fps"],
        seconds=made["seconds"],
    )
    assert check(Content("x", media=(out,)), limits_with(limit)) == ()


def test_the_focal_point_decides_what_is_kept(tmp_path: Path) -> None:
    """Left half dark, right half bright: a square around the right edge is bright."""
    image = pyvips.Image.black(400, 100).insert(
        pyvips.Image.black(200, 100).linear(0, 255).cast("uchar"), 200, 0
    )
    (tmp_path / "source").write_bytes(image.jpegsave_buffer())
    media = Media("image", "image/jpeg", 1000, 400, 100, alt="x", focal_x=1.0)
    recipe = recipe_for(media, MediaLimit((), SOURCE, max_aspect=1.0))
    assert recipe is not None

    made = draw(tmp_path / "source", tmp_path, "jpeg", recipe)

    drawn = pyvips.Image.new_from_file(str(tmp_path / made["name"]))
    assert (drawn.width, drawn.height) == (100, 100)
    assert drawn.avg() > 250
