"""How long a text is, in each network's way of counting."""

import regex

from tesselle.domain.limits import TextLimit, Unit
from tesselle.domain.text.entities import find_remote_mentions, find_urls
from tesselle.domain.text.weighted import weigh

_GRAPHEME = regex.compile(r"\X")
# What emoji are made of. A sign of these that stands for itself (a joiner in an Indic word, a registered
# mark) is taken for one too: no network says where it draws the line, and so we never count less.
_OF_EMOJI = regex.compile(
    r"[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\u200D\u20E3\uFE0F\U000E0020-\U000E007F]"
)
# `regex` (2026.11) glues an Indic consonant to any sign that makes conjuncts; Unicode's rule GB9c wants
# a consonant before that sign too. This is where it glued too much.
_LINKER = regex.compile(r"\p{InCB=Linker}")
_GLUED = regex.compile(
    r"(?<=(?:^|[^\p{InCB=Consonant}\p{InCB=Extend}\p{InCB=Linker}])"
    r"[\p{InCB=Extend}\p{InCB=Linker}]*\p{InCB=Linker}[\p{InCB=Extend}\p{InCB=Linker}]*)"
    r"(?=\p{InCB=Consonant})"
)


def count(text: str, limit: TextLimit) -> int:
    """How much of `limit` the text uses up."""
    if limit.unit is Unit.WEIGHTED:
        return weigh(text, limit.url_weight)
    told = _measure(_as_counted(text, limit), limit.unit)
    return told + sum(text.count(sign) for sign in limit.doubled)


def graphemes(text: str) -> list[str]:
    """The text in pieces that a reader calls one character (Unicode extended grapheme clusters)."""
    clusters = _GRAPHEME.findall(text)
    if not _LINKER.search(text):
        return clusters
    return [piece for cluster in clusters for piece in _GLUED.split(cluster) if piece]


def _measure(text: str, unit: Unit) -> int:
    match unit:
        case Unit.WEIGHTED:
            return weigh(text, None)
        case Unit.GRAPHEMES:
            return len(graphemes(text))
        case Unit.CODE_POINTS:
            return len(text)
        case Unit.UTF16:
            return len(text.encode("utf-16-le", "surrogatepass")) // 2
        case Unit.BYTES:
            return len(text.encode("utf-8", "surrogatepass"))
        case Unit.EMOJI_BYTES:
            return len(text) + sum(len(sign.encode()) - 1 for sign in _OF_EMOJI.findall(text))


def _as_counted(text: str, limit: TextLimit) -> str:
    """The text with addresses and mentions replaced by stand-ins of the length they count for."""
    if limit.url_weight is None and not limit.local_mentions:
        return text
    pieces: list[str] = []
    done = 0
    for start, end, stand_in in _stand_ins(text, limit):
        if start >= done:  # an address goes before a mention inside it
            pieces += (text[done:start], stand_in)
            done = end
    return "".join((*pieces, text[done:]))


def _stand_ins(text: str, limit: TextLimit) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    if limit.url_weight is not None:
        found += ((span.start, span.end, "x" * limit.url_weight) for span in find_urls(text))
    if limit.local_mentions:
        found += (
            (span.start, span.end, "@" + span.value.split("@")[0]) for span in find_remote_mentions(text)
        )
    return sorted(found)
