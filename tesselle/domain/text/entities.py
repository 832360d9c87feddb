"""Addresses, names and hashtags in a text, as spans counted in code points.

**An address**, in our words: `http://` or `https://`, not glued to a letter, a digit, `@`, `#` or `$`
before it; a host of two labels or more; then maybe a port, a path and a query. A path takes letters
of any script, but no white space, emoji, quotes, angle brackets or `\\^`{}`; it takes parentheses only
in balanced pairs (two deep), and ends before punctuation, except `- _ # /` and a parenthesis it opened
itself. A query ends with a letter, a digit or one of `_ & = # / -`. *Known* addresses must also end
their host in a domain that exists.

Mastodon's own rule takes a few more signs (no-break spaces in a query, for one). Where the two differ
ours takes less, so that it counts more, and nothing passes here that Mastodon would refuse.

The same patterns stand in `web/static/web/js/counters.js`; the cases in `domain/tests/cases` hold
the two together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import regex

from tesselle.domain.text.domains import known_part

SpanKind = Literal["link", "mention", "hashtag"]

_WORD = r"[\p{L}\p{M}\p{N}]+"
_HOST = rf"{_WORD}(?:[_\-]+{_WORD})*(?:\.{_WORD}(?:[_\-]+{_WORD})*)+"
_PICTURE = r"\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}"
_PATH_SIGN = rf"[^\p{{White_Space}}{_PICTURE}<>()?\"\\\^`{{}}]"
_BALANCED = rf"\((?:{_PATH_SIGN}|\({_PATH_SIGN}*\))+\)"
_PATH = rf"(?:/(?:{_PATH_SIGN}|{_BALANCED})*(?<![=$~|+]|[^\P{{P}}\-_#/)]))?"
_QUERY = rf"(?:\?[^\p{{White_Space}}{_PICTURE}<>\"\\\^`{{}}]*(?<=[\p{{L}}\p{{M}}\p{{N}}_&=#/\-]))?"
_TAIL = rf"(?::[0-9]+)?{_PATH}{_QUERY}"
_NOT_GLUED = r"(?<![A-Za-z0-9@＠$#＃.\-_])"
_ADDRESS = regex.compile(rf"(?<![A-Za-z0-9@＠$#＃])(?i:https?)://(?P<host>{_HOST})(?P<tail>{_TAIL})")
_BARE = regex.compile(rf"{_NOT_GLUED}(?<!://)(?P<host>{_HOST})(?P<tail>{_TAIL})")
_REMOTE_NAME = regex.compile(
    r"(?<![=/\p{L}\p{M}\p{N}\p{Pc}])"
    r"@(?P<name>[A-Za-z0-9_]+(?:[A-Za-z0-9_.\-]+[A-Za-z0-9_]+)?)"
    r"@[A-Za-z0-9.\-]+[A-Za-z0-9]"
)
_HANDLE = regex.compile(
    r"(?:(?<=[\p{White_Space}(])|(?<![\s\S]))"
    r"@(?P<value>(?:[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9\-]*)(?![\p{L}\p{N}_@])"
)
_HASHTAG = regex.compile(
    r"(?:(?<=\p{White_Space})|(?<![\s\S]))[#＃](?P<value>(?!\uFE0F)"
    r"[^\p{White_Space}\u00AD\u2060\u200B-\u200D\u20E2#＃]+)"
)
_CASHTAG = regex.compile(
    r"(?:(?<=\p{White_Space})|(?<![\s\S]))\$(?P<value>[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?)"
    r"(?=$|[\p{White_Space}!'#%&()*+,\\\-./:;<=>?@\[\]\^_{|}~$])"
)
_LAST_PUNCTUATION = regex.compile(r"\p{P}+$")
_SAYS_SOMETHING = regex.compile(r"[^\p{N}\p{P}]")
_MAX_TAG_GRAPHEMES = 64


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]`, in code points. `value`: the address, the name without `@`, the tag without `#`."""

    start: int
    end: int
    kind: SpanKind
    value: str


def find_urls(text: str, *, known: bool = True) -> Iterator[Span]:
    """Addresses that are written with http or https. `known`: only under a domain ending that exists."""
    position = 0
    while match := _ADDRESS.search(text, position):
        end = _known_end(match) if known else match.end()
        # What was not taken may hold the next address.
        position = end or match.start("host")
        if end:
            yield Span(match.start(), end, "link", text[match.start() : end])


def find_links(text: str) -> Iterator[Span]:
    """What a reader would press: every http(s) address, and bare ones (`example.com/page`) if known."""
    written = tuple(find_urls(text, known=False))
    bare = (
        Span(match.start(), end, "link", f"https://{text[match.start() : end]}")
        for match in _BARE.finditer(text)
        if (end := _known_end(match)) and not any(_meet(match.start(), end, span) for span in written)
    )
    yield from sorted((*written, *bare), key=lambda span: span.start)


def find_remote_mentions(text: str) -> Iterator[Span]:
    """`@name@server` (the fediverse); the value is `name@server`."""
    for match in _REMOTE_NAME.finditer(text):
        yield Span(match.start(), match.end(), "mention", match[0][1:])


def find_handles(text: str) -> Iterator[Span]:
    """`@name.domain` (the AT Protocol): under a domain that exists, or `.test`."""
    for match in _HANDLE.finditer(text):
        value = match["value"]
        if value.lower().endswith(".test") or known_part(value) == len(value):
            yield Span(match.start(), match.end(), "mention", value)


def find_hashtags(text: str) -> Iterator[Span]:
    """`#word`, without closing punctuation; a tag of digits alone is a number, not a tag."""
    for match in _HASHTAG.finditer(text):
        value = _LAST_PUNCTUATION.sub("", match["value"])
        if _SAYS_SOMETHING.search(value) and len(regex.findall(r"\X", value)) <= _MAX_TAG_GRAPHEMES:
            yield Span(match.start(), match.start() + 1 + len(value), "hashtag", value)


def find_cashtags(text: str) -> Iterator[Span]:
    """`$ABC`, a share's symbol as X writes it: up to six letters, then maybe a class of one or two.
    Shown as hashtags are."""
    for match in _CASHTAG.finditer(text):
        yield Span(match.start(), match.end(), "hashtag", match["value"])


def find_entities(text: str) -> tuple[Span, ...]:
    """Handles, links and hashtags in reading order, none inside another: what facets are made of."""
    found: list[Span] = []
    for span in (*find_handles(text), *find_links(text), *find_hashtags(text)):
        if not any(_meet(span.start, span.end, other) for other in found):
            found.append(span)
    return tuple(sorted(found, key=lambda span: span.start))


def utf8_offsets(text: str, span: Span) -> tuple[int, int]:
    """Where the span starts and ends in the UTF-8 bytes of the text."""
    start = len(text[: span.start].encode("utf-8", "surrogatepass"))
    return start, start + len(text[span.start : span.end].encode("utf-8", "surrogatepass"))


def utf16_offsets(text: str, span: Span) -> tuple[int, int]:
    """Where the span starts and ends in UTF-16 code units."""
    start = len(text[: span.start].encode("utf-16-le", "surrogatepass")) // 2
    return start, start + len(text[span.start : span.end].encode("utf-16-le", "surrogatepass")) // 2


def _known_end(match: regex.Match[str]) -> int:
    """Where the part that can exist ends; 0 if the host has no known ending."""
    length = known_part(match["host"])
    if not length:
        return 0
    if length < len(match["host"]):
        return match.start("host") + length
    # An ending glued to one of these is the start of something else: a user name, a sum.
    following = match.string[match.end("host") : match.end("host") + 1]
    return 0 if following and following in "@+-" else match.end()


def _meet(start: int, end: int, span: Span) -> bool:
    return start < span.end and span.start < end
