"""The norms a site and its profiles are held against."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from tesselle.academy.catalogue import FOLDER, Words


@dataclass(frozen=True, slots=True)
class Norm:
    """`weight`: a fault, or only advice. `read`: in the month of that day. `is_sure` False: from general
    knowledge, to be confirmed."""

    key: str
    area: str
    weight: Literal["fault", "advice"]
    title: Words
    norm: Words
    source: str
    read: date
    is_sure: bool
    cure: Words


@cache
def norms() -> Mapping[str, Norm]:
    """By key, in the order they are shown."""
    rows = tomllib.loads((FOLDER / "norms.toml").read_text(encoding="utf-8"))["norms"]
    return {
        row["key"]: Norm(
            row["key"],
            row["area"],
            row["weight"],
            Words(**row["title"]),
            Words(**row["norm"]),
            row["source"],
            date.fromisoformat(f"{row['read']}-01"),
            row["sure"],
            Words(**row["cure"]),
        )
        for row in rows
    }
