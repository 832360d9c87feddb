"""What the simulated public says beneath a post: words from a small grammar, each with what it really is."""

import itertools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tesselle.simulation.draws import Draws

AUTHORS = (
    "Ninon B.", "Aurèle T.", "Sélène M.", "Ilan P.", "Maïa R.", "Théo V.", "Odile C.", "Bastien G.",
    "Lorine D.", "Yanis F.", "Capucine J.", "Romain S.", "Elvire N.", "Sacha K.", "Perrine L.", "Anouk W.",
)  # fmt: skip
LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Remark:
    """`author`: a number in `AUTHORS`. The rest is the truth about it, which no reader is told:
    `sentiment` is -1, 0 or 1."""

    text: str
    author: int
    kind: str
    sentiment: int
    needs_answer: bool
    urgent: bool


WAVE_SHARE = 0.6
"""Of the comments while a complaint goes round."""


def remark(draws: Draws, theme: str, language: str, *, goes_round: bool = False) -> Remark:
    """The one that `draws` stand for. `goes_round`: while a complaint about one product does."""
    words = _grammar()[language if language in LANGUAGES else LANGUAGES[0]]
    is_wave = _is_wave(draws, goes_round)
    kind = _kind(draws, is_wave)
    thing = draws.pick(words["things"][theme], "thing")
    said = words["goes_round"]["complaint"] if is_wave else words["says"][kind]
    text = draws.pick(said, "words").format(thing=thing)
    facts = kinds()[kind]
    return Remark(
        text=text,
        author=int(draws.uniform("author") * len(AUTHORS)),
        kind=kind,
        sentiment=facts["sentiment"],
        needs_answer=facts["needs_answer"],
        urgent=facts["urgent"],
    )


def kind_of(draws: Draws, *, goes_round: bool = False) -> str:
    """Of the same remark, without its words."""
    return _kind(draws, _is_wave(draws, goes_round))


def _is_wave(draws: Draws, goes_round: bool) -> bool:
    return goes_round and draws.uniform("wave") < WAVE_SHARE


def _kind(draws: Draws, is_wave: bool) -> str:
    if is_wave:
        return "complaint"
    names = list(kinds())
    ends = list(itertools.accumulate(kinds()[name]["weight"] for name in names))
    drawn = draws.uniform("kind") * ends[-1]
    return next(name for name, end in zip(names, ends, strict=True) if drawn < end)


@cache
def kinds() -> Mapping[str, Mapping[str, Any]]:
    kinds: Mapping[str, Mapping[str, Any]] = audience_facts()["kinds"]
    return kinds


@cache
def audience_facts() -> Mapping[str, Any]:
    """The whole of `audience.toml`."""
    return tomllib.loads((Path(__file__).parent / "audience.toml").read_text("utf-8"))


@cache
def _grammar() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "comments.toml").read_text("utf-8"))
