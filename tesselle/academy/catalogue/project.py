"""The steps of the guided project."""

import tomllib
from dataclasses import dataclass
from functools import cache

from django.urls import reverse

from tesselle.academy.catalogue import FOLDER, Words


@dataclass(frozen=True, slots=True)
class Door:
    """`to`: the name of the address behind it, and what stands in that address."""

    to: str
    name: Words

    @property
    def url(self) -> str:
        name, *named = self.to.split()
        return reverse(name, args=named)


@dataclass(frozen=True, slots=True)
class KnownStep:
    """`doors`: where it is done, the usual one first. `asks`: what the person writes; `str` empty: nothing."""

    key: str
    doors: tuple[Door, ...]
    about: Words
    asks: Words
    hints: tuple[Words, ...]


@cache
def steps() -> tuple[KnownStep, ...]:
    rows = tomllib.loads((FOLDER / "project.toml").read_text(encoding="utf-8"))["steps"]
    return tuple(
        KnownStep(
            row["key"],
            tuple(Door(page["to"], Words(**page["name"])) for page in row["pages"]),
            Words(**row["about"]),
            Words(**row["asks"]),
            tuple(Words(**hint) for hint in row["hints"]),
        )
        for row in rows
    )
