"""The words: text of each part, title, link."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import regex

from tesselle.domain.checks.counted import limits_of_part, place_of_part
from tesselle.domain.content import Content
from tesselle.domain.findings import Finding, Severity
from tesselle.domain.limits import Limits, TextLimit, Unit
from tesselle.domain.messages import N_, Message
from tesselle.domain.text import count

_HOST = regex.compile(r"(?:[\p{L}\p{M}\p{N}_-]+\.)+[\p{L}\p{M}\p{N}-]{2,}")

TOO_LONG = {
    Unit.GRAPHEMES: N_("The text has %(counted)s characters; %(limit)s are allowed."),
    Unit.CODE_POINTS: N_(
        "The text counts as %(counted)s; %(limit)s are allowed (an emoji can count as several)."
    ),
    Unit.UTF16: N_(
        "The text counts as %(counted)s; %(limit)s are allowed (most emoji count as two or more)."
    ),
    Unit.BYTES: N_(
        "The text weighs %(counted)s bytes; %(limit)s are allowed (accents and emoji weigh more)."
    ),
    Unit.EMOJI_BYTES: N_(
        "The text counts as %(counted)s; %(limit)s are allowed (an emoji counts as several)."
    ),
    Unit.WEIGHTED: N_(
        "The text counts as %(counted)s; %(limit)s are allowed (an emoji counts as two, every address the same)."
    ),
}

NO_WORDS = N_("No words go out with this format.")
EMPTY_IT = N_("Empty the text for this channel, or choose another format.")


def text_findings(content: Content, limits: Limits) -> Iterator[Finding]:
    """All about words: emptiness, length, titles, links."""
    yield from _needed(content, limits)
    yield from _parts(content, limits)
    yield from _title(content, limits)
    yield from _link(content, limits)


def too_long(code: str, text: str, limit: TextLimit, place: str, repair: str) -> Iterator[Finding]:
    """A finding if the text goes over the limit, with how far over."""
    used = count(text, limit)
    if used > limit.maximum:
        yield Finding(
            code,
            Message(
                TOO_LONG[limit.unit],
                {"counted": used, "limit": limit.maximum, "over": used - limit.maximum},
            ),
            Message(
                N_("Split it into a thread, or take away %(over)s.")
                if repair == "split_thread"
                else N_("Shorten it by %(over)s."),
                {"over": used - limit.maximum},
            ),
            place,
            repair=repair,
        )


def _needed(content: Content, limits: Limits) -> Iterator[Finding]:
    """At least one of what the network needs; a title that is the only need is asked for by name."""
    there = {
        "text": any(text.strip() for text in content.texts),
        "media": bool(content.media),
        "video": any(media.kind == "video" for media in content.media),
        "title": bool(content.title.strip()),
        "link": bool(content.link.strip()),
    }
    if not limits.needs or any(there.get(need, False) for need in limits.needs):
        return
    if limits.needs == ("title",):
        yield Finding(
            "title_missing",
            Message(N_("A title is needed here.")),
            Message(N_("Write a title.")),
            "title",
        )
    elif limits.needs == ("media",):
        yield Finding(
            "media_missing",
            Message(N_("A picture or a film is needed here.")),
            Message(N_("Add a picture or a film.")),
            "media",
        )
    elif limits.needs == ("video",):
        yield Finding(
            "video_missing",
            Message(N_("A film is needed here.")),
            Message(N_("Add a film, or leave this network out.")),
            "media",
        )
    else:
        yield Finding(
            "text_empty",
            Message(N_("There is nothing to publish yet.")),
            Message(N_("Write a text."))
            if "media" not in limits.needs
            else Message(N_("Write a text, or add a picture or a film.")),
            "text",
        )


def _parts(content: Content, limits: Limits) -> Iterator[Finding]:
    if len(content.texts) > limits.max_parts:
        yield Finding(
            "too_many_parts",
            Message(
                N_("The thread has %(counted)s parts; %(limit)s can go out here."),
                {"counted": len(content.texts), "limit": limits.max_parts},
            ),
            Message(N_("Join or remove parts until %(limit)s remain."), {"limit": limits.max_parts}),
            "parts",
        )
    for index, text in enumerate(content.texts):
        yield from _part(content, limits, index, text)


def _part(content: Content, limits: Limits, index: int, text: str) -> Iterator[Finding]:
    place = place_of_part(index)
    applicable = limits_of_part(content, limits, index)
    is_caption = limits.caption is not None and bool(content.media) and index == 0
    repair = "split_thread" if limits.max_parts > 1 and not is_caption else "shorten"
    if text and any(limit.maximum == 0 for limit in applicable):
        yield Finding("text_not_allowed", Message(NO_WORDS), Message(EMPTY_IT), place)
        return
    for limit in applicable:
        yield from too_long("caption_too_long" if is_caption else "text_too_long", text, limit, place, repair)
        used = count(text, limit)
        if text.strip() and used < limit.minimum:
            yield Finding(
                "text_too_short",
                Message(
                    N_("The text counts as %(counted)s; at least %(limit)s are needed."),
                    {"counted": used, "limit": limit.minimum},
                ),
                Message(N_("Write %(missing)s more."), {"missing": limit.minimum - used}),
                place,
            )
    if index > 0 and not text.strip():
        yield Finding(
            "part_empty",
            Message(N_("Part %(part)s of the thread is empty."), {"part": index + 1}),
            Message(N_("Write it, or remove it.")),
            place,
        )


def _title(content: Content, limits: Limits) -> Iterator[Finding]:
    if limits.title is None:
        return
    yield from too_long("title_too_long", content.title, limits.title, "title", "shorten")
    used = count(content.title.strip(), limits.title)
    if used < limits.title.minimum and limits.needs != ("title",):
        yield Finding(
            "title_missing" if used == 0 else "title_too_short",
            Message(N_("A title is needed here."))
            if used == 0
            else Message(
                N_("The title counts as %(counted)s; at least %(limit)s are needed."),
                {"counted": used, "limit": limits.title.minimum},
            ),
            Message(N_("Write a title."))
            if used == 0
            else Message(N_("Write %(missing)s more."), {"missing": limits.title.minimum - used}),
            "title",
        )


def _link(content: Content, limits: Limits) -> Iterator[Finding]:
    if not content.link:
        return
    if not limits.allows_link:
        yield Finding(
            "link_not_allowed",
            Message(N_("This network takes no separate link.")),
            Message(N_("Remove the link, or write the address in the text.")),
            "link",
        )
    elif not _is_web_address(content.link):
        yield Finding(
            "link_malformed",
            Message(N_("The link is not a web address.")),
            Message(N_("Write it in full, like https://example.com/page.")),
            "link",
        )
    elif _hides_link(content, limits) and not _is_in_text(content):
        yield Finding(
            "link_not_shown",
            Message(
                N_("With pictures, a film or a poll, this network shows no link card: nobody sees the link.")
            ),
            Message(N_("Write the address in the text, or leave the pictures or the poll out here.")),
            "link",
            Severity.WARNING,
            repair="link_into_text",
        )


def _hides_link(content: Content, limits: Limits) -> bool:
    """A poll or files in the link's place; one picture can be part of its card."""
    if limits.link_beside_media:
        return False
    card = limits.link_card
    is_card_picture = len(content.media) == 1 and content.media[0].kind == "image"
    if card is not None and card.takes_image and is_card_picture:
        return content.poll is not None
    return bool(content.media) or content.poll is not None


def _is_in_text(content: Content) -> bool:
    return any(content.link in text for text in content.texts)


def _is_web_address(link: str) -> bool:
    if regex.search(r"[\p{White_Space}\p{Cc}<>\"]", link):
        return False
    try:
        parts = urlsplit(link)
        _ = parts.port  # reading it is what checks it
    except ValueError:
        return False
    host = (parts.hostname or "").rstrip(".")
    return parts.scheme in ("http", "https") and _HOST.fullmatch(host) is not None
