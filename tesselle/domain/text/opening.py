"""How a text begins, where there is room for a line of it: what a post is called, a title in a list."""

import regex

LINE_SIGNS = 80
_LOOSE_END = regex.compile(r"[\s,;:.…–—\-]+$")


def first_words(text: str, most: int = LINE_SIGNS) -> str:
    """The first line; a long one is cut at a word and closed with an ellipsis, which no other mark precedes."""
    line = text.strip().split("\n", 1)[0].rstrip()
    if len(line) <= most:
        return line
    return _LOOSE_END.sub("", line[: most - 1].rsplit(" ", 1)[0]) + "…"
