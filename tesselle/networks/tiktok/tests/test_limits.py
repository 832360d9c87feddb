from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.connectors.protocols import Account
from tesselle.domain.checks import check, is_plannable
from tesselle.domain.content import Content, Media
from tesselle.domain.limits import Limits
from tesselle.domain.text import count
from tesselle.networks.tiktok.limits import CAPTION_UNITS, LIMITS, limits_for
from tesselle.networks.tiktok.sandbox.envelope import units

FILM = Media("video", "video/mp4", 1000, 1080, 1920, seconds=30)
PHOTO = Media("image", "image/jpeg", 1000, 1080, 1080)
PHOTOS = {"format": "photos"}
(CAPTION,) = LIMITS.texts


def codes(content: Content, limits: Limits = LIMITS) -> set[str]:
    return {finding.code for finding in check(content, limits) if not is_plannable((finding,))}


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
    assert codes(Content(text="a" * CAPTION_UNITS, media=(FILM,))) == set()
    assert codes(Content(text="a" * (CAPTION_UNITS + 1), media=(FILM,))) == {"text_too_long"}


def test_a_post_is_exactly_one_film():
    assert codes(Content(text="Tiles")) == {"video_missing"}
    assert codes(Content(media=(FILM, FILM))) == {"too_many_videos"}
    assert codes(Content(media=(PHOTO,))) == {"video_missing", "image_not_allowed"}


def test_photos_are_a_format_of_their_own_with_a_title():
    photos = Content(text="a" * 4_000, title="t" * 90, media=(PHOTO,) * 35, options=PHOTOS)

    assert codes(photos) == set()
    assert codes(replace(photos, media=(PHOTO,) * 36)) == {"too_many_images"}
    assert codes(replace(photos, title="t" * 91)) == {"title_too_long"}
    assert codes(replace(photos, media=(FILM,))) == {"video_not_allowed"}


def test_png_photos_are_not_taken():
    assert codes(Content(media=(replace(PHOTO, mime="image/png"),), options=PHOTOS)) == {
        "image_type_not_allowed"
    }


def test_a_photo_stands_or_lies():
    for width, height in ((1080, 1920), (1920, 1080)):
        photo = replace(PHOTO, width_px=width, height_px=height)
        assert codes(Content(media=(photo,), options=PHOTOS)) == set()
    assert codes(Content(media=(replace(PHOTO, width_px=1920, height_px=1920),), options=PHOTOS))


def test_each_account_is_told_how_long_its_films_may_be():
    short = limits_for(Account("direct", "1", "@a", "", {"max_seconds": 60}))
    long = limits_for(Account("direct", "1", "@a", "", {"max_seconds": 3_600}))
    minute, over = replace(FILM, seconds=60.0), replace(FILM, seconds=601.0)

    assert codes(Content(media=(minute,)), short) == set()
    assert codes(Content(media=(replace(FILM, seconds=61.0),)), short) == {"video_too_long"}
    assert codes(Content(media=(over,)), long) == {"video_too_long"}


def test_a_film_s_draft_has_no_words_but_photos_have():
    drafts = limits_for(Account("inbox", "1", "@a", ""))

    assert codes(Content(media=(FILM,)), drafts) == set()
    assert codes(Content(text="x", media=(FILM,)), drafts) == {"text_not_allowed"}
    assert codes(Content(text="x", media=(PHOTO,), options=PHOTOS), drafts) == set()
