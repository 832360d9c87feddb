"""The company's pictures: the same each time, and of a photograph's kind."""

import pytest
import pyvips

from tesselle.sandbox.company.drafts import drawn
from tesselle.sandbox.company.pictures import HEIGHT, PALETTES, PATTERNS, SCENES, WIDTH, Picture, jpeg

PICTURES = [
    Picture(pattern, sorted(PALETTES)[number % len(PALETTES)], sorted(SCENES)[number % len(SCENES)])
    for number, pattern in enumerate(PATTERNS)
]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.pattern)
def test_a_name_is_one_picture_of_the_full_size(picture: Picture):
    data = jpeg("Lutry", picture)
    jpeg.cache_clear()

    assert data == jpeg("Lutry", picture)
    assert data != jpeg("Vevey", picture)
    seen = pyvips.Image.new_from_buffer(data, "")
    assert (seen.width, seen.height, seen.bands) == (WIDTH, HEIGHT, 3)


@pytest.mark.django_db
def test_what_one_process_drew_is_not_drawn_in_another():
    jpeg.cache_clear()
    first = drawn("Lutry", PICTURES[0])
    jpeg.cache_clear()  # as in another process

    assert drawn("Lutry", PICTURES[0]) == first
    assert jpeg.cache_info().misses == 0
    assert drawn("Vevey", PICTURES[0]) != first


def test_its_corners_are_darker_than_its_middle():
    seen = pyvips.Image.new_from_buffer(jpeg("mur", Picture("slabs", "craie", "flat", 200)), "")

    corner, middle = (
        seen.crop(0, HEIGHT - 120, 120, 120),
        seen.crop(WIDTH // 2 - 60, HEIGHT // 2 - 60, 120, 120),
    )

    assert corner.avg() < middle.avg() * 0.97
