"""What a post is made of, as its public meets it: worked out from its words and its files."""

import re
import tomllib
from functools import cache
from pathlib import Path

from tesselle.domain.attention import attention_of
from tesselle.domain.bins import hashtag_bin, length_bin
from tesselle.simulation.network import SimPost
from tesselle.simulation.truth import Composition

OTHER_THEME = "other"

_LINK = re.compile(r"https?://\S+")


def composition_of(post: SimPost, network: str) -> Composition:
    words = f"{post.title} {post.text}".strip()
    link = bool(_LINK.search(words))
    flags = {name for name, holds in (("link", link), ("question", _asks(words))) if holds}
    return Composition(
        format=_format(post, network, link=link),
        pillar=theme_of(words),
        length=length_bin(post.text),
        hashtags=hashtag_bin(words),
        flags=frozenset(flags),
    )


def _asks(words: str) -> bool:
    return "?" in _LINK.sub("", words)


def _format(post: SimPost, network: str, *, link: bool) -> str:
    """The liveliest form it has of those that matter on this network."""
    kinds = [str(item.get("mime", "")).partition("/")[0] for item in post.media]
    has = {
        "video": "video" in kinds,
        "carousel": len(kinds) > 1,
        "document": "application" in kinds,
        "image": "image" in kinds,
        "link": link,
    }
    known = attention_of(network).formats
    return next((name for name, holds in has.items() if holds and name in known), "text")


def theme_of(words: str) -> str:
    """What it is about: the theme most of whose words are in it; the first of equals."""
    said = {word.casefold() for word in re.findall(r"[^\W\d_]+", words)}
    found = {theme: len(said & known) for theme, known in _themes().items()}
    best = max(found, key=lambda theme: found[theme])
    return best if found[best] else OTHER_THEME


def themes() -> tuple[str, ...]:
    return (*_themes(), OTHER_THEME)


@cache
def _themes() -> dict[str, frozenset[str]]:
    table = tomllib.loads((Path(__file__).parent / "themes.toml").read_text("utf-8"))
    return {theme: frozenset(word.casefold() for word in words) for theme, words in table.items()}
