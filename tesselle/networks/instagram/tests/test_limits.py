from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.domain.checks import check, is_plannable
from tesselle.domain.content import Content, Media
from tesselle.domain.text import count
from tesselle.networks.instagram.limits import CAPTION, CAPTION_UNITS, LIMITS
from tesselle.networks.instagram.sandbox.containers import units

PICTURE = Media("image", "image/jpeg", 1000, 1080, 1080, alt="Tiles")
FILM = Media("video", "video/mp4", 1000, 1080, 1920, seconds=30, alt="Film")


def codes(content: Content) -> set[str]:
    return {finding.code for finding in check(content, LIMITS) if not is_plannable((finding,))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Carreaux", 8),
        ("e\u0301", 2),
        ("👍🏽", 4),
        ("👨‍👩‍👧‍👦", 11),
        ("🇨🇭", 4),
        ("#sol @carrelage", 15),
        ("שָלום", 5),
    ],
)
def test_a_caption_counts_in_utf16_units(text, expected):
    assert count(text, CAPTION) == expected
    assert units(text) == expected


@given(st.text(max_size=200))
def test_any_text_counts_alike_on_both_sides(text):
    assert count(text, CAPTION) == units(text)


def test_a_caption_ends_at_2200():
    assert codes(Content(text="a" * CAPTION_UNITS, media=(PICTURE,))) == set()
    assert codes(Content(text="a" * (CAPTION_UNITS + 1), media=(PICTURE,))) == {"text_too_long"}


def test_words_alone_do_not_go_out():
    assert codes(Content(text="Tiles")) == {"media_missing"}


def test_an_album_mixes_up_to_ten_pictures_and_films():
    assert codes(Content(media=(PICTURE,) * 6 + (FILM,) * 4)) == set()
    assert codes(Content(media=(PICTURE,) * 6 + (FILM,) * 5))


def test_pictures_are_jpeg_and_not_too_tall():
    assert codes(Content(media=(replace(PICTURE, mime="image/png"),))) == {"image_type_not_allowed"}
    assert codes(Content(media=(replace(PICTURE, height_px=1400),)))


def test_a_story_has_no_words():
    story = {"format": "story"}

    assert codes(Content(media=(PICTURE,), options=story)) == set()
    assert codes(Content(text="x", media=(PICTURE,), options=story)) == {"text_not_allowed"}


def test_a_reel_is_one_film_and_perhaps_its_cover():
    reel = {"format": "reel"}
    upright = replace(PICTURE, height_px=1920)

    assert codes(Content(text="x", media=(FILM,), options=reel)) == set()
    assert codes(Content(text="x", media=(FILM, upright), options=reel)) == set()
    assert codes(Content(text="x", media=(FILM, PICTURE, PICTURE), options=reel))
    assert codes(Content(text="x", media=(PICTURE,), options=reel)) == {"video_missing"}
