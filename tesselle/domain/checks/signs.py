"""Single signs: what nobody can keep, what this network refuses, what it takes only so often."""

from collections.abc import Iterator

import regex

from tesselle.domain.checks.counted import place_of_part
from tesselle.domain.content import Content
from tesselle.domain.findings import Finding
from tesselle.domain.limits import Limits
from tesselle.domain.messages import N_, Message
from tesselle.domain.text.entities import find_cashtags, find_hashtags, find_links

# Tab and line ends are for writers; PostgreSQL cannot keep NUL, and no encoder takes half a pair.
_FORBIDDEN = regex.compile(r"[\x00-\x08\x0B\x0C\x0E-\x1F\uD800-\uDFFF]")
_INVISIBLE = regex.compile(r"[\p{C}\p{Z}]")


def sign_findings(content: Content, limits: Limits) -> Iterator[Finding]:
    for place, text in _words(content).items():
        refused = next((sign for sign in text if sign in limits.refused_signs), "")
        found = _FORBIDDEN.search(text)
        if found:
            yield _invisible(place, found[0], found.start())
        elif refused and _INVISIBLE.match(refused):
            yield _invisible(place, refused, text.index(refused))
        elif refused:
            yield Finding(
                "sign_not_taken",
                Message(N_("This network does not take the sign %(sign)s."), {"sign": refused}),
                Message(N_("Write it otherwise.")),
                place,
            )
    yield from _cashtags(content, limits)
    yield from _hashtags(content, limits)
    yield from _links(content, limits)


def _words(content: Content) -> dict[str, str]:
    return {
        "title": content.title,
        "link": content.link,
        **{place_of_part(index): text for index, text in enumerate(content.texts)},
        **{f"media.{index}.alt": media.alt for index, media in enumerate(content.media)},
    }


def _invisible(place: str, sign: str, offset: int) -> Finding:
    return Finding(
        "control_character",
        Message(
            N_("There is an invisible sign that cannot be published (%(sign)s, place %(offset)s)."),
            {"sign": f"U+{ord(sign):04X}", "offset": offset + 1},
        ),
        Message(N_("Delete what stands there and type it again; pasting may have brought it.")),
        place,
    )


def _hashtags(content: Content, limits: Limits) -> Iterator[Finding]:
    if limits.max_hashtags is None:
        return
    for index, text in enumerate(content.texts):
        counted = sum(1 for _ in find_hashtags(text))
        if counted > limits.max_hashtags:
            yield Finding(
                "too_many_hashtags",
                Message(
                    N_("There are %(counted)s hashtags; the network takes %(limit)s."),
                    {"counted": counted, "limit": limits.max_hashtags},
                ),
                Message(N_("Remove %(over)s of them."), {"over": counted - limits.max_hashtags}),
                place_of_part(index),
            )


def _cashtags(content: Content, limits: Limits) -> Iterator[Finding]:
    if limits.max_cashtags is None:
        return
    for index, text in enumerate(content.texts):
        counted = sum(1 for _ in find_cashtags(text))
        if counted > limits.max_cashtags:
            yield Finding(
                "too_many_cashtags",
                Message(
                    N_("There are %(counted)s share symbols like $ABC; the network takes %(limit)s."),
                    {"counted": counted, "limit": limits.max_cashtags},
                ),
                Message(N_("Write the others without $.")),
                place_of_part(index),
            )


def _links(content: Content, limits: Limits) -> Iterator[Finding]:
    """The post's own link goes with the first part."""
    if limits.max_links is None:
        return
    for index, text in enumerate(content.texts):
        found = {span.value for span in find_links(text)}
        found |= {content.link} if content.link and index == 0 else set()
        if len(found) > limits.max_links:
            yield Finding(
                "too_many_links",
                Message(
                    N_("There are %(counted)s different links; the network takes %(limit)s in one post."),
                    {"counted": len(found), "limit": limits.max_links},
                ),
                Message(N_("Remove %(over)s of them."), {"over": len(found) - limits.max_links}),
                place_of_part(index),
            )
