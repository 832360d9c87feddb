from dataclasses import replace

import pytest

from tesselle.domain.checks import check
from tesselle.domain.content import FORMAT, Content, Media
from tesselle.domain.text import count
from tesselle.networks.google_business.limits import LIMITS

PICTURE = Media("image", "image/jpeg", 20_000, 1200, 900)


def codes(content: Content) -> set[str]:
    return {finding.code for finding in check(content, LIMITS)}


@pytest.mark.parametrize(
    ("text", "length"), [("Carreaux", 8), ("é", 1), ("e\u0301", 2), ("👷🏽", 4), ("مرحبا", 5)]
)
def test_an_update_counts_in_utf16(text, length):
    assert count(text, LIMITS.texts[0]) == length


def test_a_picture_without_words_is_no_update():
    assert codes(Content(media=(PICTURE,))) == {"text_empty"}
    assert codes(Content(text="Sol", media=(PICTURE,))) == set()


@pytest.mark.parametrize(
    ("media", "code"),
    [
        ((PICTURE, PICTURE), "too_many_images"),
        ((replace(PICTURE, width_px=249),), "image_too_small"),
        ((replace(PICTURE, height_px=249),), "image_too_low"),
        ((replace(PICTURE, mime="image/webp"),), "image_type_not_allowed"),
        ((replace(PICTURE, size_bytes=5_000_001),), "image_too_big"),
        ((Media("video", "video/mp4", 9, 1080, 1920, seconds=9),), "video_not_allowed"),
    ],
)
def test_what_google_takes_no_picture_of_is_named(media, code):
    assert codes(Content(text="Sol", media=media)) == {code}


FILM = Media("video", "video/mp4", 20_000_000, 1080, 1920, seconds=30)


@pytest.mark.parametrize(
    ("film", "code"),
    [
        (FILM, ""),
        (replace(FILM, seconds=30.5), "video_too_long"),
        (replace(FILM, size_bytes=75_000_001), "video_too_big"),
        (replace(FILM, width_px=719), "video_too_small"),
    ],
)
def test_the_gallery_takes_a_short_film(film, code):
    assert codes(Content(media=(film,), options={FORMAT: "gallery"})) == ({code} if code else set())


@pytest.mark.parametrize("format", ["offer", "event"])
def test_offers_and_events_have_a_title_and_updates_have_none(format):
    assert codes(Content(text="Sol", options={FORMAT: format})) == {"title_missing"}
    assert codes(Content(text="Sol", title="t" * 58, options={FORMAT: format})) == set()
    assert codes(Content(text="Sol", title="t" * 59, options={FORMAT: format})) == {"title_too_long"}
    assert LIMITS.title is None
