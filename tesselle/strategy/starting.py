"""Ready starting points for a first strategy: data files, French and English."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

FOLDER = Path(__file__).parent / "starting_points"
CADENCE = "cadence"
HOURS = (1, 3, 6)
"""Hours a week; `cadence.toml` gives posts in four weeks for each."""


@dataclass(frozen=True, slots=True)
class ProposedPillar:
    name: str
    share: int
    hue: str
    angles: str


@dataclass(frozen=True, slots=True)
class StartingPoint:
    slug: str
    name: str
    situation: str
    indicators: tuple[str, ...]
    pillars: tuple[ProposedPillar, ...]
    persona: Mapping[str, str]
    objective: Mapping[str, str]
    line: Mapping[str, str]


def starting_points() -> list[StartingPoint]:
    """In the reader's language."""
    language = "fr" if (get_language() or "fr").startswith("fr") else "en"
    return [_read(slug, raw, language) for slug, raw in _raw().items()]


def starting_point(slug: str) -> StartingPoint:
    """The first of all where `slug` names none."""
    points = starting_points()
    return next((one for one in points if one.slug == slug), points[0])


def proposed_times(network: str, hours: int) -> int:
    """Posts in four weeks on one channel."""
    usual = _cadence()["usual"]["times"]
    times: list[int] = _cadence()["by_network"].get(network, usual)
    return times[HOURS.index(hours)] if hours in HOURS else times[0]


@cache
def _raw() -> dict[str, dict[str, Any]]:
    found = {
        path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
        for path in FOLDER.glob("*.toml")
        if path.stem != CADENCE
    }
    return dict(sorted(found.items(), key=lambda item: item[1]["order"]))


@cache
def _cadence() -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{CADENCE}.toml").read_text(encoding="utf-8"))


def _read(slug: str, raw: Mapping[str, Any], language: str) -> StartingPoint:
    return StartingPoint(
        slug=slug,
        name=raw["name"][language],
        situation=raw["situation"][language],
        indicators=tuple(raw["indicators"]),
        pillars=tuple(
            ProposedPillar(one[language], one["share"], one["hue"], one[f"angles_{language}"])
            for one in raw["pillars"]
        ),
        persona=_in(raw["persona"], language),
        objective=_in(raw["objective"], language),
        line=_in(raw["line"], language),
    )


def _in(raw: Mapping[str, str], language: str) -> dict[str, str]:
    ending = f"_{language}"
    return {key.removesuffix(ending): value for key, value in raw.items() if key.endswith(ending)}
