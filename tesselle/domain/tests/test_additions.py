"""First comments, polls, link cards, documents and formats: counted where offered, refused elsewhere."""

from dataclasses import replace
from datetime import date

import pytest

from tesselle.domain.checks import check, counted
from tesselle.domain.content import Content, Media
from tesselle.domain.limits import (
    Limits,
    LinkCardLimit,
    MediaLimit,
    PollLimit,
    Source,
    TextLimit,
    Unit,
)

SOURCE = Source("a made-up network", date(2026, 11, 25))


def text(maximum: int) -> TextLimit:
    return TextLimit(maximum, Unit.GRAPHEMES, SOURCE)


STORY = Limits(texts=(text(3),), needs=("text",))
POLL = PollLimit(answer=text(5), seconds=(86_400, 3_600), question=text(8))
FULL = Limits(
    texts=(text(20),),
    document=MediaLimit(("application/pdf",), SOURCE, max_pages=3, max_bytes=1000),
    max_documents=1,
    image=MediaLimit(("image/jpeg",), SOURCE),
    max_images=1,
    first_comment=text(4),
    poll=POLL,
    link_card=LinkCardLimit(title=text(6), description=text(9)),
    formats=(("story", STORY),),
)
BARE = Limits(texts=(text(20),))


def codes(content: Content, limits: Limits = FULL) -> set[str]:
    return {finding.code for finding in check(content, limits) if finding.code != "alt_missing"}


def with_options(**options: str) -> Content:
    return Content(text="Tiles", options=options)


@pytest.mark.parametrize(
    ("options", "refused"),
    [
        ({"first_comment": "Nice"}, "first_comment_not_allowed"),
        ({"poll": "a\nb"}, "poll_not_allowed"),
        ({"link_title": "Tiles"}, "link_title_not_allowed"),
        ({"link_description": "Tiles"}, "link_description_not_allowed"),
    ],
)
def test_what_is_not_offered_is_refused(options: dict[str, str], refused: str):
    assert codes(with_options(**options), BARE) == {refused}


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"first_comment": "1234"}, set()),
        ({"first_comment": "12345"}, {"first_comment_too_long"}),
        ({"link_title": "123456", "link_description": "123456789"}, set()),
        ({"link_title": "1234567"}, {"link_title_too_long"}),
        ({"link_description": "1234567890"}, {"link_description_too_long"}),
        ({"poll": "yes\nno", "poll_question": "Tiles?", "poll_seconds": "3600"}, set()),
        ({"poll": "\n yes \n\n no\n", "poll_question": "Tiles?", "poll_seconds": "3600"}, set()),
        ({"poll": "yes", "poll_question": "Tiles?", "poll_seconds": "3600"}, {"poll_answers"}),
        ({"poll": "a\nb\nc\nd\ne", "poll_question": "?", "poll_seconds": "3600"}, {"poll_answers"}),
        ({"poll": "a\na", "poll_question": "?", "poll_seconds": "3600"}, {"poll_answers_alike"}),
        ({"poll": "123456\nb", "poll_question": "?", "poll_seconds": "3600"}, {"poll_answer_too_long"}),
        ({"poll": "a\nb", "poll_seconds": "3600"}, {"poll_question_missing"}),
        ({"poll": "a\nb", "poll_question": "123456789", "poll_seconds": "3600"}, {"poll_question_too_long"}),
        ({"poll": "a\nb", "poll_question": "?", "poll_seconds": "7"}, {"poll_duration"}),
        ({"poll": "a\nb", "poll_question": "?"}, {"poll_duration"}),
        ({"poll_seconds": "86400"}, set()),
    ],
)
def test_what_is_offered_is_counted(options: dict[str, str], found: set[str]):
    assert codes(with_options(**options)) == found


def pdf(**more: int) -> Media:
    return replace(Media("document", "application/pdf", 900, 0, 0, pages=3), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("media", "found"),
    [
        ((pdf(),), set()),
        ((pdf(pages=4),), {"document_too_many_pages"}),
        ((pdf(size_bytes=1001),), {"document_too_big"}),
        ((pdf(), pdf()), {"too_many_documents"}),
        ((pdf(), Media("image", "image/jpeg", 9, 2, 2)), {"media_mix_not_allowed"}),
    ],
)
def test_a_document_goes_out_alone_and_within_its_pages(media: tuple[Media, ...], found: set[str]):
    assert codes(Content(text="Tiles", media=media)) == found


def test_a_document_needs_no_alternative_text_since_its_pages_are_read():
    described = replace(FULL, alt=text(9))

    assert check(Content(text="Tiles", media=(pdf(),)), described) == ()


def test_a_network_without_documents_says_so():
    assert codes(Content(text="Tiles", media=(pdf(),)), BARE) == {"document_not_allowed"}


def test_a_poll_and_a_picture_exclude_each_other_unless_the_network_takes_both():
    options = {"poll": "a\nb", "poll_question": "?", "poll_seconds": "3600"}
    content = Content(text="Tiles", options=options, media=(Media("image", "image/jpeg", 9, 2, 2),))

    assert codes(content) == {"poll_with_media"}
    assert codes(content, replace(FULL, poll=replace(POLL, with_media=True))) == set()


def test_each_format_has_numbers_of_its_own():
    story = Content(text="1234", options={"format": "story"})

    assert codes(story) == {"text_too_long"}
    assert codes(replace(story, options={"format": "feed"})) == set()
    assert [entry.limit for entry in counted(story, FULL)] == [3]
    assert codes(replace(story, text="123", options={"format": "story", "first_comment": "x"})) == {
        "first_comment_not_allowed"
    }


def test_what_was_added_survives_being_kept():
    content = Content(
        text="Tiles", media=(pdf(),), options={"poll": "a\nb", "poll_seconds": "60"}, recipients=("a@b.c",)
    )

    again = Content.from_json(content.to_json())

    assert again == content
    assert again.poll is not None
    assert (again.poll.answers, again.poll.seconds) == (("a", "b"), 60)
