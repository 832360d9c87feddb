import pytest

from tesselle.domain.checks import check
from tesselle.domain.content import Content, Media
from tesselle.domain.text import count
from tesselle.networks.pinterest.limits import LIMITS

FILM = Media("video", "video/mp4", 1_000, 1080, 1920, seconds=10, alt="Pose")
PICTURE = Media("image", "image/jpeg", 1_000, 1000, 1500, alt="Sol")


def codes(content: Content) -> set[str]:
    return {finding.code for finding in check(content, LIMITS)}


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("Carreaux", 8),
        ("e\u0301", 2),
        ("👷🏽", 2),
        ("👨‍👩‍👧‍👦", 7),
        ("https://example.com/tiles", 25),
        ("مرحبا", 5),
    ],
)
def test_a_description_counts_in_code_points_and_addresses_in_full(text, length):
    assert count(text, LIMITS.texts[0]) == length


def test_a_pin_without_a_picture_or_a_film_is_none():
    assert codes(Content(text="Des mots seuls", title="Titre")) == {"media_missing"}


def test_a_picture_and_a_film_do_not_go_together():
    assert codes(Content(media=(PICTURE, FILM))) == {"media_mix_not_allowed"}


@pytest.mark.parametrize(
    ("film", "code"),
    [
        (Media("video", "video/mp4", 9, 1080, 1920, seconds=3.9, alt="x"), "video_too_short"),
        (Media("video", "video/mp4", 9, 1080, 1920, seconds=901, alt="x"), "video_too_long"),
        (Media("video", "video/webm", 9, 1080, 1920, seconds=9, alt="x"), "video_type_not_allowed"),
        (Media("video", "video/mp4", 9, 1920, 1000, seconds=9, alt="x"), "video_too_wide_for_its_height"),
        (Media("video", "video/mp4", 9, 400, 900, seconds=9, alt="x"), "video_too_high_for_its_width"),
        (
            Media("video", "video/mp4", 9, 400, 600, seconds=9, alt="x", codec="vp9"),
            "video_codec_not_allowed",
        ),
    ],
)
def test_a_film_that_pinterest_does_not_take_is_named(film, code):
    assert codes(Content(media=(film,))) == {code}
