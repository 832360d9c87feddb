import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.connectors.protocols import Account
from tesselle.domain.checks import check, is_plannable
from tesselle.domain.content import Content, Media
from tesselle.domain.text import count
from tesselle.networks.facebook.limits import LIMITS, MESSAGE, MESSAGE_UNITS, limits_for
from tesselle.networks.facebook.sandbox.feed import units

PAGE = Account("page", "1", "@carrelage", "")
FILM = Media("video", "video/mp4", 1000, 1080, 1920, seconds=30, alt="Film")
PICTURE = Media("image", "image/jpeg", 1000, 1080, 1080, alt="Tiles")


def codes(content: Content) -> set[str]:
    return {finding.code for finding in check(content, LIMITS) if not is_plannable((finding,))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Carreaux", 8),
        ("é", 1),
        ("e\u0301", 2),
        ("😀", 2),
        ("👍🏽", 4),
        ("👨‍👩‍👧‍👦", 11),
        ("🇨🇭", 4),
        ("שָלום", 5),
        ("https://example.com/a?b=c", 25),
        ("@carrelage #sol", 15),
    ],
)
def test_a_message_counts_in_utf16_units(text, expected):
    assert count(text, MESSAGE) == expected
    assert units(text) == expected


@given(st.text(max_size=200))
def test_any_text_counts_alike_on_both_sides(text):
    assert count(text, MESSAGE) == units(text)


def test_a_message_may_be_as_long_as_a_short_novel():
    assert codes(Content(text="a" * MESSAGE_UNITS)) == set()
    assert codes(Content(text="a" * MESSAGE_UNITS + "a")) == {"text_too_long"}


def test_pictures_and_films_do_not_go_together():
    assert codes(Content(text="x", media=(PICTURE, FILM))) == {"media_mix_not_allowed"}


def test_a_reel_is_a_film_of_ninety_seconds_at_most():
    reel = {"format": "reel"}
    long = Media("video", "video/mp4", 1000, 1080, 1920, seconds=91)

    assert codes(Content(text="x", media=(FILM,), options=reel)) == set()
    assert codes(Content(text="x", media=(long,), options=reel)) == {"video_too_long"}
    assert codes(Content(text="x", media=(PICTURE,), options=reel)) == {"image_not_allowed"}
    assert codes(Content(text="x", options=reel)) == {"media_missing"}


def test_a_story_has_no_words_and_no_comment():
    story = {"format": "story"}

    assert codes(Content(media=(PICTURE,), options=story)) == set()
    assert codes(Content(text="x", media=(PICTURE,), options=story)) == {"text_not_allowed"}
    assert codes(Content(media=(PICTURE,), options={**story, "first_comment": "x"})) == {
        "first_comment_not_allowed"
    }


def test_every_page_has_the_same_limits():
    assert limits_for(PAGE) is LIMITS
