"""Weighted length, as X counts (the third version of its public counting rules).

In our words: the text is composed (NFC). Every address weighs the same, with or without a scheme, if
its host ends in a domain that exists. Every emoji weighs 2, however many code points it is made of.
Of the rest, what Latin, Greek, Cyrillic, Hebrew, Arabic, Indic, Thai ... scripts are written with
weighs 1, everything else 2.

A host is made of any signs but spaces, invisible marks and most punctuation. Without a scheme only
the part in Latin letters counts as the address. Checked against npm `twitter-text` 3.1.0 with random
texts (2026-11-25). Where they differ: new emoji, which that package is too old to know, count as one
here.

The same patterns stand in `web/static/web/js/weighted.js`; `domain/tests/cases/weighted.json` holds
the two together.
"""

import unicodedata
from collections.abc import Iterator

import regex

from tesselle.domain.text.domains import known_part

EMOJI_WEIGHT = 2
MAX_LABEL = 63
MAX_ADDRESS = 4096

_INVISIBLE = r"\uFFFE\uFEFF\uFFFF\u202A-\u202E\u061C\u200E\u200F\u2066-\u2069"
_SPACES = r"\t-\r \x85\xA0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000"
_HOST_SIGN = rf"[^!'#%&()*+,\\\-./:;<=>?@\[\]\^_{{|}}~${_SPACES}{_INVISIBLE}]"
_LABEL = rf"{_HOST_SIGN}++(?:[_\-]++{_HOST_SIGN}++)*+"
_LATIN = (
    r"a-zA-Z0-9\xC0-\xD6\xD8-\xF6\xF8-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268\u026F\u0272"
    r"\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF"
)
_PATH_SIGN = rf"[{_LATIN}\u0400-\u04FF!*';:=+,.$/%#\[\]\-\u2013_~@|&]"
_BALANCED = rf"\((?:{_PATH_SIGN}++|{_PATH_SIGN}*+\({_PATH_SIGN}++\){_PATH_SIGN}*+)\)"
_PATH = rf"(?P<path>/(?:{_PATH_SIGN}|{_BALANCED})*(?<=[{_LATIN}\u0400-\u04FF+\-=_#/)]))?"
_QUERY = r"(?:\?[a-zA-Z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*(?<=[a-zA-Z0-9\-_&=#/]))?"
_FREE = r"(?<![A-Za-z0-9@＠$#＃\uFFFE\uFEFF\uFFFF])"
_ADDRESS = rf"{_FREE}(?P<scheme>(?i:https?)://)?(?P<host>{_LABEL}(?:\.{_LABEL})+)"
_HERE = regex.compile(_ADDRESS)
# From the first sign of a label on, or from a scheme: whatever begins later in a label reaches no further.
_LATER = regex.compile(rf"(?:(?<!{_FREE}{_HOST_SIGN})|(?=(?i:https?)://)){_ADDRESS}")
_TAIL = regex.compile(rf"(?::[0-9]+)?{_PATH}{_QUERY}")
_LATIN_HOST = regex.compile(rf"(?:[\-{_LATIN}]+\.)+")
_GLUED_SCHEME = regex.compile(r"(?i)(?<=.)https?$")
_NOT_BEFORE_BARE = "-_./"

_HEAVY = regex.compile(r"[^\x00-\u10FF\u2000-\u200D\u2010-\u201F\u2032-\u2037]")
_ONE_PICTURE = (
    r"(?:\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|[\p{Emoji}--[0-9#*\xA9\xAE\p{Regional_Indicator}]]\uFE0F?"
    r"|[\xA9\xAE]\uFE0F)[\U000E0020-\U000E007F]*"
)
_EMOJI = regex.compile(
    r"(?V1)\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3"
    rf"|{_ONE_PICTURE}(?:\u200D{_ONE_PICTURE})*"
)


def weigh(text: str, address_weight: int | None) -> int:
    """What the text weighs when each address weighs `address_weight` (None: as it is written)."""
    composed = unicodedata.normalize("NFC", text)
    if address_weight is None:
        return _weigh_words(composed)
    total, done = 0, 0
    for start, end in addresses(composed):
        total += _weigh_words(composed[done:start]) + address_weight
        done = end
    return total + _weigh_words(composed[done:])


def _weigh_words(words: str) -> int:
    emoji = _EMOJI.findall(words)
    others = _EMOJI.sub("", words) if emoji else words
    return len(emoji) * EMOJI_WEIGHT + len(others) + len(_HEAVY.findall(others))


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand in a composed text."""
    second = _HERE.match(text, 1)
    position = 1 if second and _host_length(second) else 0  # a first sign of no account is left out
    while match := _HERE.match(text, position) or _LATER.search(text, position + 1):
        length = _host_length(match)
        if not length:
            position = _next_beginning(match)
            continue
        host_end = match.start("host") + length
        tail = _TAIL.match(text, host_end)
        end = tail.end() if tail else host_end
        yield from _counted(match, length, end, has_path=bool(tail and tail["path"]))
        position = end + 1  # the sign before an address belongs to no other


def _next_beginning(match: regex.Match[str]) -> int:
    """Nothing in a host without a known ending leads to one, but a scheme may be glued to it."""
    glued = _GLUED_SCHEME.search(match["host"]) if match.string.startswith("://", match.end()) else None
    return match.start("host") + glued.start() if glued else match.end()


def _host_length(match: regex.Match[str]) -> int:
    """A domain glued to `@`, `+` or `-` is the start of something else: then one before it is sought."""
    host, following = match["host"], match.string[match.end() : match.end() + 1]
    length = known_part(host)
    if length == len(host) and following and following in "@+-":
        return known_part(host.rpartition(".")[0])
    return length


def _counted(match: regex.Match[str], length: int, end: int, *, has_path: bool) -> Iterator[tuple[int, int]]:
    host, begin = match["host"][:length], match.start("host")
    if end - match.start() > MAX_ADDRESS or any(map(_is_long, host.split("."))):
        return
    if match["scheme"]:
        yield match.start(), end
        return
    if begin and match.string[begin - 1] in _NOT_BEFORE_BARE:
        return
    spans = list(_latin_hosts(host))
    for index, (first, last) in enumerate(spans):
        is_last = index == len(spans) - 1
        yield begin + first, end if is_last and has_path else begin + last


def _latin_hosts(host: str) -> Iterator[tuple[int, int]]:
    """The parts of a bare host that are written in Latin letters and lead somewhere."""
    position = 0
    while match := _LATIN_HOST.search(host, position):
        ending = host[match.end() :].partition(".")[0]
        length = known_part(match[0] + ending)
        if length:
            yield match.start(), match.start() + length
        position = max(match.end(), match.start() + length)


def _is_long(label: str) -> bool:
    if label.isascii():
        return len(label) > MAX_LABEL
    return len(label.encode("punycode", "replace")) + len("xn--") > MAX_LABEL
