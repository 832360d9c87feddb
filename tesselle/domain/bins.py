"""How a post's length and its hashtags are sorted into bins: cut points are fixed, never taken from data."""

import re
from bisect import bisect_right

LENGTH_CUTS = (80, 160, 300, 600, 1200)
LENGTH_LEVELS = ("<80", "80-159", "160-299", "300-599", "600-1199", "1200+")
HASHTAG_CUTS = (1, 3, 6, 11)
HASHTAG_LEVELS = ("0", "1-2", "3-5", "6-10", "11+")

_HASHTAG = re.compile(r"(?<![\w&/#])#\w*[^\W\d_]\w*")


def length_bin(text: str) -> int:
    """The number of its level in `LENGTH_LEVELS`."""
    return bisect_right(LENGTH_CUTS, len(text))


def hashtag_bin(text: str) -> int:
    """The number of its level in `HASHTAG_LEVELS`."""
    return bisect_right(HASHTAG_CUTS, len(_HASHTAG.findall(text)))
