from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.connectors.protocols import Account
from tesselle.domain.checks import check
from tesselle.domain.content import Content, Media
from tesselle.domain.text import count
from tesselle.networks.youtube.limits import LIMITS, limits_for
from tesselle.networks.youtube.options import tags_length, tags_of

FILM = Media("video", "video/mp4", 1_000, 1920, 1080, seconds=600)
PICTURE = Media("image", "image/jpeg", 1_000, 1280, 720)


def codes(content: Content, limits=LIMITS) -> set[str]:
    return {finding.code for finding in check(content, limits)}


@pytest.mark.parametrize(
    ("text", "length"),
    [("Carreaux", 8), ("é", 2), ("e\u0301", 3), ("👷🏽", 8), ("مرحبا", 10), ("https://a.example", 17)],
)
def test_a_description_is_weighed_in_bytes(text, length):
    assert count(text, LIMITS.texts[0]) == length


@given(st.text())
def test_every_description_weighs_what_it_is_sent_as(text):
    assert count(text, LIMITS.texts[0]) == len(text.encode("utf-8", "surrogatepass"))


def test_a_title_counts_in_utf16_and_cannot_be_missing():
    assert LIMITS.title is not None
    assert count("👷🏽 Pose", LIMITS.title) == 9
    assert codes(Content(media=(FILM,))) == {"title_missing"}


@pytest.mark.parametrize("media", [(), (PICTURE,)])
def test_without_a_film_there_is_nothing_to_show(media):
    assert codes(Content(title="Pose", media=media)) == {"video_missing"}


def test_one_picture_goes_along_as_the_thumbnail_and_a_second_one_does_not():
    assert codes(Content(title="Pose", media=(FILM, PICTURE))) == set()
    assert "too_many_images" in codes(Content(title="Pose", media=(FILM, PICTURE, PICTURE)))


@pytest.mark.parametrize(
    "content",
    [Content(title="1 < 2", media=(FILM,)), Content(title="Pose", text="1 > 2", media=(FILM,))],
    ids=["title", "text"],
)
def test_angle_brackets_are_refused_by_youtube_and_so_by_us(content):
    assert any("sign" in code for code in codes(content))


@pytest.mark.parametrize(("facts", "code"), [({}, None), ({"long_uploads": False}, "video_too_long")])
def test_a_channel_that_was_never_verified_takes_a_quarter_of_an_hour(facts, code):
    limits = limits_for(Account("channel", "UC1", "carrelage", "", facts))
    film = replace(FILM, seconds=901)

    assert codes(Content(title="Pose", media=(film,)), limits) == ({code} if code else set())


@pytest.mark.parametrize(
    ("told", "length"),
    [
        ("sol", 3),
        ("sol, mur", 7),
        ("salle de bains", 16),
        ("sol, salle de bains", 20),
        (" , sol,sol,", 3),
        ("", 0),
    ],
)
def test_tags_count_with_their_commas_and_quotes(told, length):
    assert tags_length(tags_of({"tags": told})) == length
