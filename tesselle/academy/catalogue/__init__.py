"""What the academy knows before anybody has done anything: data in both languages, beside this file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Words:
    """The same in both languages; `str` gives the reader's."""

    en: str
    fr: str

    def __str__(self) -> str:
        return self.fr if (get_language() or "fr").startswith("fr") else self.en


@dataclass(frozen=True, slots=True)
class KnownCriterion:
    key: str
    weight: int
    name: Words
    definition: Words
    measure: Words


@dataclass(frozen=True, slots=True)
class KnownGate:
    key: str
    text: Words


@dataclass(frozen=True, slots=True)
class Need:
    """`factors`: by how much it multiplies the weight of a criterion. `gates`: conditions it brings."""

    key: str
    text: Words
    factors: Mapping[str, float]
    gates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    text: Words
    source: Words
    read_on: date


@dataclass(frozen=True, slots=True)
class KnownTool:
    """`facts`: by the key of the criterion; what is not known is not there."""

    key: str
    name: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class KnownPhase:
    name: Words
    minutes: int


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    theme: str
    text: Words


@cache
def criteria() -> tuple[KnownCriterion, ...]:
    return tuple(
        KnownCriterion(
            row["key"],
            row["weight"],
            Words(**row["name"]),
            Words(**row["definition"]),
            Words(**row["measure"]),
        )
        for row in _read("criteria")["criteria"]
    )


@cache
def gates() -> tuple[KnownGate, ...]:
    return tuple(KnownGate(row["key"], Words(**row["text"])) for row in _read("criteria")["gates"])


@cache
def needs() -> tuple[Need, ...]:
    return tuple(
        Need(row["key"], Words(**row["text"]), row["factors"], tuple(row["gates"]))
        for row in _read("needs")["needs"]
    )


@cache
def tools() -> tuple[KnownTool, ...]:
    return tuple(
        KnownTool(row["key"], row["name"], {key: _fact(fact) for key, fact in row["facts"].items()})
        for row in _read("tools")["tools"]
    )


@cache
def phases() -> tuple[KnownPhase, ...]:
    return tuple(KnownPhase(Words(**row["name"]), row["minutes"]) for row in _read("start")["phases"])


@cache
def questions() -> tuple[KnownQuestion, ...]:
    return tuple(KnownQuestion(row["theme"], Words(**row["text"])) for row in _read("start")["questions"])


def as_read(text: str) -> str:
    """What was laid out from the catalogue, in the reader's language; what somebody worded stays as it is."""
    known = _laid_out().get(text)
    return text if known is None else str(known)


@cache
def _laid_out() -> Mapping[str, Words]:
    """By each of its two wordings."""
    found = [
        *(words for one in criteria() for words in (one.name, one.definition, one.measure)),
        *(one.text for one in gates()),
        *(words for one in tools() for fact in one.facts.values() for words in (fact.text, fact.source)),
        *(one.name for one in phases()),
        *(one.text for one in questions()),
    ]
    return {text: words for words in found for text in (words.en, words.fr)}


def _fact(row: Mapping[str, Any]) -> Fact:
    source = row["source"]
    named = Words(**source) if isinstance(source, dict) else Words(source, source)
    return Fact(Words(row["en"], row["fr"]), named, row["read_on"])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
