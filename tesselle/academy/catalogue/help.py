"""The help of each page of the product."""

import tomllib
from dataclasses import dataclass
from functools import cache

from tesselle.academy.catalogue import FOLDER, Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`chapter`: the slug of where to learn it; empty: nowhere."""

    key: str
    title: Words
    texts: tuple[Words, ...]
    pages: tuple[str, ...]
    spaces: tuple[str, ...]
    chapter: str


@cache
def paragraphs() -> tuple[Paragraph, ...]:
    rows = tomllib.loads((FOLDER / "help.toml").read_text(encoding="utf-8"))["paragraphs"]
    return tuple(
        Paragraph(
            row["key"],
            Words(**row["title"]),
            tuple(Words(**text) for text in row["texts"]),
            tuple(row["pages"]),
            tuple(row["spaces"]),
            row["chapter"],
        )
        for row in rows
    )


@cache
def _by_page() -> dict[str, str]:
    return {page: one.key for one in paragraphs() for page in one.pages}


@cache
def _by_space() -> dict[str, str]:
    return {space: one.key for one in paragraphs() for space in one.spaces}


def help_for(view_name: str) -> str:
    """The key of the paragraph of this page, else of its part of the product; empty: there is none."""
    space = view_name.partition(":")[0] if ":" in view_name else view_name.partition("_")[0]
    return _by_page().get(view_name) or _by_space().get(space, "")
