from dataclasses import replace

import pytest

from tesselle.connectors.protocols import Account
from tesselle.domain.checks import check
from tesselle.domain.content import Content, Media
from tesselle.domain.text import count
from tesselle.networks.linkedin.limits import LIMITS, limits_for

PICTURE = Media("image", "image/png", 100, 10, 10, alt="Tiles")
FILM = Media("video", "video/mp4", 100_000, 640, 480, seconds=5)
LINK = "https://carrelage.example/zellige"


def codes(content: Content) -> list[str]:
    return [one.code for one in check(content, LIMITS)]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("zellige", 7),
        ("😀", 2),
        ("👍🏽", 4),
        ("e\u0301", 2),
        ("(a)", 5),
        ("#tag", 5),
        ("https://example.com/a_b", 24),
        ("שלום", 4),
    ],
)
def test_a_text_counts_utf16_units_and_its_backslashes(text: str, length: int):
    assert count(text, LIMITS.texts[0]) == length


def test_pages_and_members_have_the_same_limits():
    page, member = (Account(kind, "1", "x", "") for kind in ("page", "member"))

    assert limits_for(page) == limits_for(member)


def test_a_link_with_one_picture_gets_its_card_and_with_more_a_warning():
    assert codes(Content(text="x", link=LINK, media=(PICTURE,))) == []
    assert codes(Content(text="x", link=LINK, media=(PICTURE, PICTURE))) == ["link_not_shown"]
    assert "link_not_shown" in codes(Content(text="x", link=LINK, media=(FILM,)))


def test_a_link_beside_a_poll_is_not_shown():
    options = {"poll": "Oui\nNon", "poll_question": "Mat ?", "poll_seconds": "604800"}

    assert codes(Content(text="x", link=LINK, options=options)) == ["link_not_shown"]
    assert codes(Content(text=f"x {LINK}", link=LINK, options=options)) == []


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"poll": "Oui", "poll_question": "Mat ?", "poll_seconds": "604800"}, "poll_answers"),
        (
            {"poll": "x" * 31 + "\nNon", "poll_question": "?", "poll_seconds": "604800"},
            "poll_answer_too_long",
        ),
        (
            {"poll": "Oui\nNon", "poll_question": "x" * 141, "poll_seconds": "604800"},
            "poll_question_too_long",
        ),
        ({"poll": "Oui\nNon", "poll_question": "Mat ?", "poll_seconds": "3600"}, "poll_duration"),
        ({"first_comment": "x" * 1_251}, "first_comment_too_long"),
        ({"link_title": "x" * 401}, "link_title_too_long"),
    ],
)
def test_what_stands_beside_the_post_has_limits(options: dict[str, str], code: str):
    assert codes(Content(text="x", link=LINK if "link_title" in options else "", options=options)) == [code]


def test_a_document_goes_out_alone_and_has_no_more_than_300_pages():
    document = Media("document", "application/pdf", 100, 0, 0, pages=301, alt="x")

    assert codes(Content(text="x", media=(document,))) == ["document_too_many_pages"]
    assert "media_mix_not_allowed" in codes(Content(text="x", media=(document, PICTURE)))


@pytest.mark.parametrize(("seconds", "code"), [(2.9, "video_too_short"), (1_801, "video_too_long")])
def test_a_film_lasts_three_seconds_to_half_an_hour(seconds: float, code: str):
    assert code in codes(Content(text="x", media=(replace(FILM, seconds=seconds),)))
    assert code not in codes(Content(text="x", media=(FILM,)))
