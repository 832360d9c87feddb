"""Chapters to learn by, and the words of the product."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tesselle.academy.catalogue import FOLDER, Words


@dataclass(frozen=True, slots=True)
class QuizQuestion:
    """`right`: the place of the right choice."""

    text: Words
    choices: tuple[Words, ...]
    right: int
    why: Words


@dataclass(frozen=True, slots=True)
class Chapter:
    """`page`: the name of the address where its task is done. `minutes`: planned for it, the trying out counted.
    `picture`: what its picture of that page shows, for whoever does not see it; None: it has none."""

    slug: str
    page: str
    minutes: int
    skill: str
    picture: Words | None
    title: Words
    task: Words
    texts: tuple[Words, ...]
    hints: tuple[Words, ...]
    questions: tuple[QuizQuestion, ...]


@dataclass(frozen=True, slots=True)
class Term:
    name: Words
    meaning: Words


@cache
def chapters() -> tuple[Chapter, ...]:
    return tuple(
        Chapter(
            row["slug"],
            row["page"],
            row["minutes"],
            row["skill"],
            Words(**row["picture"]) if "picture" in row else None,
            Words(**row["title"]),
            Words(**row["task"]),
            tuple(Words(**text) for text in row["texts"]),
            tuple(Words(**hint) for hint in row["hints"]),
            tuple(_question(question) for question in row["questions"]),
        )
        for row in _read("chapters")["chapters"]
    )


@cache
def skills() -> Mapping[str, Words]:
    """What chapters teach, by key, in their order."""
    return {key: Words(**name) for key, name in _read("chapters")["skills"].items()}


@cache
def terms() -> tuple[Term, ...]:
    rows = _read("glossary")["terms"]
    return tuple(Term(Words(**row["name"]), Words(**row["meaning"])) for row in rows)


def _question(row: dict[str, Any]) -> QuizQuestion:
    choices = tuple(Words(**choice) for choice in row["choices"])
    return QuizQuestion(Words(row["en"], row["fr"]), choices, row["right"], Words(**row["why"]))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
