"""Making a text fit: cut into a thread, or shortened.

A cut never falls inside a grapheme, an address or a mention. One of these that is alone longer than
the limit stays whole, and the check says so: half an address leads nowhere.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import accumulate

import regex

from tesselle.domain.limits import TextLimit
from tesselle.domain.text.counting import count, graphemes
from tesselle.domain.text.entities import find_handles, find_hashtags, find_links, find_remote_mentions

# No-break spaces keep a French colon with its word, so they are no place to cut.
_SPACE = r"[^\S\u00A0\u2007\u202F\uFEFF]"
_GAPS = (
    regex.compile(rf"{_SPACE}*\n{_SPACE}*\n{_SPACE}*"),
    regex.compile(rf"(?<=[.!?…。！？][\"'»”’)\]]*){_SPACE}+"),
    regex.compile(rf"{_SPACE}+"),
)
_ELLIPSIS = "…"
_LOOSE_END = regex.compile(r"[\s,;:.…–—\-]+$")


@dataclass(frozen=True, slots=True)
class _Gap:
    """White space that a cut drops: a part ends at `start`, the next begins at `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Map:
    """Where a text may be cut: gaps from the best kind to the plainest, then any allowed place."""

    gaps: tuple[tuple[_Gap, ...], ...]
    places: tuple[int, ...]

    def best_cut(self, begin: int, far: int) -> _Gap:
        """The best cut in (begin, far]: a paragraph's or sentence's end if that fills half a part."""
        for kind, gaps in enumerate(self.gaps):
            least = begin + 1 if kind == len(self.gaps) - 1 else begin + (far - begin + 1) // 2
            index = bisect_right(gaps, far, key=lambda gap: gap.start) - 1
            if index >= 0 and gaps[index].start >= max(least, begin + 1):
                return gaps[index]
        return _Gap(far, far)


def split_into_thread(text: str, limit: TextLimit, numbering: bool) -> tuple[str, ...]:
    """The text in parts that each fit the limit, cut at a paragraph, a sentence or a word.

    White space around a cut is dropped, nothing else. With `numbering` each part of a thread ends
    in its place, ` (2/5)`; a text that fits stays one part, without a number.
    """
    if count(text, limit) <= limit.maximum:
        return (text,)
    if not numbering:
        return tuple(_parts(text, limit, ""))
    digits = 1
    while True:
        nine = "9" * digits
        parts = _parts(text, limit, f" ({nine}/{nine})")
        if len(parts) == 1:  # one address, too long as it is
            return tuple(parts)
        if len(str(len(parts))) <= digits:
            return tuple(f"{part} ({place}/{len(parts)})" for place, part in enumerate(parts, start=1))
        digits += 1


def shorten(text: str, limit: TextLimit) -> str:
    """The text, cut at a word and closed with an ellipsis if it is longer than the limit."""
    if count(text, limit) <= limit.maximum:
        return text
    cuts = _map_of(text)

    def fits(end: int) -> bool:
        return count(_closed(text[:end]), limit) <= limit.maximum

    far = _furthest((0, *cuts.places), fits)
    if far is None:
        return ""
    words = [gap.start for gap in cuts.gaps[-1] if 0 < gap.start <= far]
    for end in (*reversed(words), far):
        if fits(end):
            return _closed(text[:end])
    return ""


def _closed(text: str) -> str:
    return _LOOSE_END.sub("", text) + _ELLIPSIS


def _parts(text: str, limit: TextLimit, suffix: str) -> list[str]:
    cuts = _map_of(text)
    parts: list[str] = []
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if begin not in cuts.places:
        begin = 0
    while begin < end:
        gap = _next_cut(text, limit, suffix, cuts, begin, end)
        parts.append(text[begin : gap.start])
        begin = gap.end
    return parts or [text]


def _next_cut(text: str, limit: TextLimit, suffix: str, cuts: _Map, begin: int, end: int) -> _Gap:
    def fits(place: int) -> bool:
        return count(text[begin:place] + suffix, limit) <= limit.maximum

    if fits(end):
        return _Gap(end, end)
    first = bisect_right(cuts.places, begin)
    places = cuts.places[first : bisect_right(cuts.places, end)]
    far = _furthest(places, fits)
    if far is None:  # what stands here is alone too long: it stays whole
        whole = places[0] if places else end
        return next((gap for gap in cuts.gaps[-1] if gap.start == whole), _Gap(whole, whole))
    gap = cuts.best_cut(begin, far)
    # A shorter part is not always a lighter one: half a host name may no longer count as an address.
    return gap if fits(gap.start) else _Gap(far, far)


def _furthest(places: tuple[int, ...], fits: Callable[[int], bool]) -> int | None:
    """The last place that fits: by halves, since a longer text nearly always counts for more."""
    low, high = 0, len(places)
    while low < high:
        middle = (low + high) // 2
        if fits(places[middle]):
            low = middle + 1
        else:
            high = middle
    return next((place for place in reversed(places[:low]) if fits(place)), None)


def _map_of(text: str) -> _Map:
    whole = _whole_pieces(text)
    starts = [start for start, _ in whole]

    def is_open(place: int) -> bool:
        index = bisect_right(starts, place) - 1
        return index < 0 or not whole[index][0] < place < whole[index][1]

    places = tuple(place for place in accumulate(map(len, graphemes(text)), initial=0) if is_open(place))
    allowed = frozenset(places)
    gaps = tuple(
        tuple(
            _Gap(match.start(), match.end())
            for match in pattern.finditer(text)
            if match.start() in allowed and match.end() in allowed
        )
        for pattern in _GAPS
    )
    return _Map(gaps, places)


def _whole_pieces(text: str) -> list[tuple[int, int]]:
    """Addresses and names, those that touch or overlap merged into one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(_spans(text)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _spans(text: str) -> Iterable[tuple[int, int]]:
    for finder in (find_links, find_remote_mentions, find_handles, find_hashtags):
        for span in finder(text):
            yield span.start, span.end
