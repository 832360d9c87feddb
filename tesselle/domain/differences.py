"""What changed from one text to another, word by word."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

import regex

Kind = Literal["same", "removed", "added"]

_WORDS = regex.compile(r"\s+|[\p{L}\p{M}\p{N}_'’-]+|\X")
_LINES = regex.compile(r"[^\n]*\n|[^\n]+")
_MOST_WORDS = 4000
"""Comparing takes time with the square of the length: what is longer is compared by lines."""


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """Pieces in reading order. The same and the removed ones make up `before`, the same and the
    added ones `after`."""
    pattern = _WORDS
    one, other = pattern.findall(before), pattern.findall(after)
    if max(len(one), len(other)) > _MOST_WORDS:
        one, other = _LINES.findall(before), _LINES.findall(after)
    return tuple(_joined(_pieces(one, other)))


def _pieces(one: list[str], other: list[str]) -> Iterator[Piece]:
    for what, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece("same", "".join(one[i1:i2]))
        else:
            yield Piece("removed", "".join(one[i1:i2]))
            yield Piece("added", "".join(other[j1:j2]))


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """A space alone between two changes says nothing: it goes with them."""
    told = [piece for piece in pieces if piece.text]
    merged: list[Piece] = []
    removed = added = ""
    for index, piece in enumerate(told):
        last = index == len(told) - 1
        if piece.kind == "removed":
            removed += piece.text
        elif piece.kind == "added":
            added += piece.text
        elif (removed or added) and piece.text.isspace() and "\n" not in piece.text and not last:
            removed, added = removed + piece.text, added + piece.text
        else:
            merged += _flushed(removed, added)
            removed = added = ""
            merged.append(piece)
    return [*merged, *_flushed(removed, added)]


def _flushed(removed: str, added: str) -> list[Piece]:
    kinds: tuple[tuple[Kind, str], ...] = (("removed", removed), ("added", added))
    return [Piece(kind, text) for kind, text in kinds if text]
