from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.domain.checks import check, is_plannable
from tesselle.domain.content import Content, Media
from tesselle.domain.text import count
from tesselle.networks.threads.limits import LIMITS, MAX_LINKS, TEXT_UNITS
from tesselle.networks.threads.sandbox.drafts import weight

(TEXT,) = LIMITS.texts
PICTURE = Media("image", "image/jpeg", 1000, 1080, 1080, alt="Tiles")
FILM = Media("video", "video/mp4", 1000, 1080, 1920, seconds=30, alt="Film")


def codes(content: Content) -> set[str]:
    return {finding.code for finding in check(content, LIMITS) if not is_plannable((finding,))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Carreaux", 8),
        ("é", 1),
        ("e\u0301", 2),
        ("😀", 4),
        ("👍🏽", 8),
        ("👨‍👩‍👧‍👦", 25),
        ("🇨🇭", 8),
        ("1️⃣", 7),
        ("#sol @carrelage", 15),
        ("שָלום", 5),
        ("漢字", 2),
    ],
)
def test_an_emoji_weighs_its_bytes_and_everything_else_one(text, expected):
    assert count(text, TEXT) == expected
    assert weight(text) == expected


@given(st.text(max_size=200))
def test_any_text_counts_alike_on_both_sides(text):
    assert count(text, TEXT) == weight(text)


@given(st.text(alphabet=st.characters(max_codepoint=0x17F, exclude_characters="©®")))
def test_what_western_languages_are_written_with_counts_one_each(text):
    assert count(text, TEXT) == len(text)


def test_a_text_ends_at_500():
    assert codes(Content(text="é" * TEXT_UNITS)) == set()
    assert codes(Content(text="é" * (TEXT_UNITS + 1))) == {"text_too_long"}
    assert codes(Content(text="😀" * 125)) == set()
    assert codes(Content(text="😀" * 126)) == {"text_too_long"}


def test_each_part_of_a_thread_has_its_own_room():
    full = "a" * TEXT_UNITS

    assert codes(Content(text=full, parts=(full, full))) == set()


def test_five_different_links_go_out_and_a_sixth_does_not():
    five = " ".join(f"https://example.com/{number}" for number in range(MAX_LINKS))

    assert codes(Content(text=five)) == set()
    assert codes(Content(text=f"{five} https://example.com/0")) == set()
    assert codes(Content(text=five, link="https://example.com/new")) == {"too_many_links"}


def test_an_album_mixes_up_to_twenty_pictures_and_films():
    assert codes(Content(media=(PICTURE,) * 12 + (FILM,) * 8)) == set()
    assert codes(Content(media=(PICTURE,) * 12 + (FILM,) * 9)) == {"too_many_media"}


def test_a_film_lasts_five_minutes_at_most():
    assert codes(Content(media=(replace(FILM, seconds=300.0),))) == set()
    assert codes(Content(media=(replace(FILM, seconds=301.0),))) == {"video_too_long"}


def test_a_poll_goes_out_with_words_alone():
    poll = {"poll": "Grey\nBlue", "poll_seconds": "86400"}

    assert codes(Content(text="Which?", options=poll)) == set()
    assert codes(Content(text="Which?", media=(PICTURE,), options=poll)) == {"poll_with_media"}
