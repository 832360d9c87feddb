"""Emojis to be inserted, found by what they are called in French and in English (`emoji.toml`)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

from tesselle.domain.text.folding import folded

GROUPS: dict[str, str | Promise] = {
    "usual": pgettext_lazy("emojis", "Often used"),
    "trade": pgettext_lazy("emojis", "Building and home"),
    "people": pgettext_lazy("emojis", "People and gestures"),
    "season": pgettext_lazy("emojis", "Seasons and nature"),
    "occasion": pgettext_lazy("emojis", "Occasions"),
    "sign": pgettext_lazy("emojis", "Signs"),
}

FOUND = pgettext_lazy("emojis", "Emojis")


@dataclass(frozen=True, slots=True)
class Emoji:
    """`words`: all it is found by, without accents, in small letters."""

    sign: str
    french: str
    english: str
    words: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.french if (get_language() or "fr").startswith("fr") else self.english


@dataclass(frozen=True, slots=True)
class EmojiGroup:
    label: str | Promise
    signs: tuple[Emoji, ...]


def emoji_groups(query: str) -> tuple[EmojiGroup, ...]:
    """All, by subject, for an empty query; else one group of those of which each word of the query begins a word.

    A leading colon is let be.
    """
    wanted = _folded(query.lstrip(":"))
    if not wanted:
        return tuple(EmojiGroup(label, _all()[name]) for name, label in GROUPS.items())
    found = tuple(one for name in GROUPS for one in _all()[name] if _answers(one, wanted))
    return (EmojiGroup(FOUND, found),) if found else ()


def _answers(emoji: Emoji, wanted: tuple[str, ...]) -> bool:
    return all(any(word.startswith(part) for word in emoji.words) for part in wanted)


@cache
def _all() -> dict[str, tuple[Emoji, ...]]:
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {
        group["name"]: tuple(
            Emoji(sign, french, english, _folded(f"{french} {english} {more}"))
            for sign, french, english, more in group["signs"]
        )
        for group in told["groups"]
    }


def _folded(text: str) -> tuple[str, ...]:
    return tuple(folded(text).replace("’", " ").replace("-", " ").split())
