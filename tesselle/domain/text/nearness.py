"""How much two texts say the same, to warn of what was said before.

Pairs of neighbouring words are compared (Jaccard): order counts a little, a changed word costs its two
pairs. Addresses, hashtags, capitals and punctuation say nothing here.
"""

from itertools import pairwise

import regex

_LEFT_OUT = regex.compile(r"https?://\S+|[#@]\S+")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
LEAST_WORDS = 6
"""Less says too little: « Bonne année » comes again every year, and should."""


def pairs_of(text: str) -> frozenset[tuple[str, str]]:
    """Empty for what is too short to be compared."""
    words = [word.casefold() for word in _WORD.findall(_LEFT_OUT.sub(" ", text))]
    return frozenset(pairwise(words)) if len(words) >= LEAST_WORDS else frozenset()


def nearness(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> float:
    """From 0, nothing in common, to 1, the same; 0 where there is too little to say."""
    return len(one & other) / len(one | other) if one and other else 0.0
