"""The steps of the guided project."""

import tomllib
from dataclasses import dataclass
from functools import cache

from tesselle.academy.catalogue import FOLDER, Words


@dataclass(frozen=True, slots=True)
class KnownStep:
    """`page`: the name of the address where it is done. `asks`: what the person writes; `str` empty: nothing."""

    key: str
    page: str
    about: Words
    asks: Words
    hints: tuple[Words, ...]


@cache
def steps() -> tuple[KnownStep, ...]:
    rows = tomllib.loads((FOLDER / "project.toml").read_text(encoding="utf-8"))["steps"]
    return tuple(
        KnownStep(
            row["key"],
            row["page"],
            Words(**row["about"]),
            Words(**row["asks"]),
            tuple(Words(**hint) for hint in row["hints"]),
        )
        for row in rows
    )
