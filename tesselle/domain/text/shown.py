"""A text as a network's readers see it: in plain pieces and in those that can be pressed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import regex

from tesselle.domain.text.entities import (
    Span,
    find_cashtags,
    find_handles,
    find_hashtags,
    find_links,
    find_remote_mentions,
    find_urls,
)

PieceKind = Literal["text", "link", "mention", "hashtag"]

_NAME = regex.compile(r"(?<![\p{L}\p{N}_@/])@[A-Za-z][A-Za-z0-9_]{3,31}(?![\p{L}\p{N}_@])")
_SCHEME = regex.compile(r"(?i)^https?://(?:www\.)?")


@dataclass(frozen=True, slots=True)
class TextPiece:
    kind: PieceKind
    text: str


def find_names(text: str) -> Iterator[Span]:
    """`@name`, as networks with one server write it."""
    for match in _NAME.finditer(text):
        yield Span(match.start(), match.end(), "mention", match[0][1:])


FINDERS: Mapping[str, Callable[[str], Iterator[Span]]] = {
    "links": find_links,  # bare addresses too
    "urls": find_urls,
    "handles": find_handles,
    "remote": find_remote_mentions,
    "names": find_names,
    "hashtags": find_hashtags,
    "cashtags": find_cashtags,
}


def shown(
    text: str, finders: tuple[str, ...], *, url_signs: int = 0, short_names: bool = False
) -> list[TextPiece]:
    """The text in pieces; a finder named earlier wins where two meet.

    `url_signs`: addresses are shown without their scheme and cut after so many signs.
    `short_names`: `@name@server` is shown as `@name`.
    """
    pieces: list[TextPiece] = []
    done = 0
    for span in _found(text, finders):
        pieces.append(TextPiece("text", text[done : span.start]))
        word = text[span.start : span.end]
        if span.kind == "link" and url_signs:
            word = _short(word, url_signs)
        elif span.kind == "mention" and short_names:
            word = "@" + span.value.partition("@")[0]
        pieces.append(TextPiece(span.kind, word))
        done = span.end
    pieces.append(TextPiece("text", text[done:]))
    return [piece for piece in pieces if piece.text]


def _found(text: str, finders: tuple[str, ...]) -> list[Span]:
    taken: list[Span] = []
    for name in finders:
        for span in FINDERS[name](text):
            if all(span.end <= other.start or span.start >= other.end for other in taken):
                taken.append(span)
    return sorted(taken, key=lambda span: span.start)


def _short(address: str, signs: int) -> str:
    bare = _SCHEME.sub("", address)
    return bare if len(bare) <= signs else bare[:signs] + "…"
