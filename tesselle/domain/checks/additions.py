"""What stands beside the post: its first comment, its poll, the card of its link."""

from collections.abc import Iterator

from tesselle.domain.checks.texts import too_long
from tesselle.domain.content import (
    FIRST_COMMENT,
    LINK_DESCRIPTION,
    LINK_TITLE,
    POLL,
    POLL_QUESTION,
    POLL_SECONDS,
    Content,
    Poll,
)
from tesselle.domain.findings import Finding
from tesselle.domain.limits import Limits, PollLimit, TextLimit
from tesselle.domain.messages import N_, Message


def addition_findings(content: Content, limits: Limits) -> Iterator[Finding]:
    """What is offered nowhere on this account is refused, what is offered is counted."""
    yield from _offered(content.first_comment, limits.first_comment, FIRST_COMMENT, NO_COMMENT)
    if content.poll is not None:
        yield from _poll(content, content.poll, limits)
    card = limits.link_card
    title, description = (card.title, card.description) if card is not None else (None, None)
    yield from _offered(content.link_card.title, title, LINK_TITLE, NO_CARD)
    yield from _offered(content.link_card.description, description, LINK_DESCRIPTION, NO_CARD)


def _offered(text: str, limit: TextLimit | None, option: str, refused: str) -> Iterator[Finding]:
    place = f"options.{option}"
    if text and limit is None:
        yield Finding(f"{option}_not_allowed", Message(refused), Message(REMOVE), place)
    elif limit is not None:
        yield from too_long(f"{option}_too_long", text, limit, place, "")


def _poll(content: Content, poll: Poll, limits: Limits) -> Iterator[Finding]:
    place, limit = f"options.{POLL}", limits.poll
    if limit is None:
        yield Finding("poll_not_allowed", Message(NO_POLL), Message(REMOVE), place)
        return
    if content.media and not limit.with_media:
        yield Finding("poll_with_media", Message(POLL_ALONE), Message(POLL_OR_MEDIA), place)
    yield from _answers(poll, limit)
    for answer in poll.answers:
        yield from too_long("poll_answer_too_long", answer, limit.answer, place, "")
    if limit.question is not None:
        yield from _question(poll, limit.question)
    if poll.seconds not in limit.seconds:
        yield Finding("poll_duration", Message(DURATION), Message(CHOOSE), f"options.{POLL_SECONDS}")


def _answers(poll: Poll, limit: PollLimit) -> Iterator[Finding]:
    count, place = len(poll.answers), f"options.{POLL}"
    params = {"counted": count, "least": limit.min_answers, "most": limit.max_answers}
    if not limit.min_answers <= count <= limit.max_answers:
        yield Finding("poll_answers", Message(HOW_MANY, params), Message(ONE_A_LINE), place)
    if len(set(poll.answers)) < count:
        yield Finding("poll_answers_alike", Message(ALIKE), Message(MAKE_THEM_DIFFER), place)


def _question(poll: Poll, limit: TextLimit) -> Iterator[Finding]:
    place = f"options.{POLL_QUESTION}"
    if not poll.question:
        yield Finding("poll_question_missing", Message(NO_QUESTION), Message(ASK), place)
    yield from too_long("poll_question_too_long", poll.question, limit, place, "")


NO_COMMENT = N_("This network takes no first comment here.")
NO_CARD = N_("This network makes the card of a link by itself.")
NO_POLL = N_("This network takes no poll here.")
REMOVE = N_("Empty this field.")
POLL_ALONE = N_("A poll goes out without pictures or films here.")
POLL_OR_MEDIA = N_("Keep the poll or the files, not both.")
HOW_MANY = N_("The poll has %(counted)s answers; %(least)s to %(most)s are allowed.")
ONE_A_LINE = N_("Write one answer on each line.")
ALIKE = N_("Two answers of the poll are the same.")
MAKE_THEM_DIFFER = N_("Make each answer differ from the others.")
NO_QUESTION = N_("The poll asks nothing yet.")
ASK = N_("Write its question.")
DURATION = N_("The poll does not say how long it runs.")
CHOOSE = N_("Choose one of the durations.")
