"""What the demo company wrote in the months before its last one: enough posts for their figures to say something."""

import random
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tesselle.sandbox.company.posts import typeset

WEEKS = 36
IDEAS_A_WEEK = 4
SEED = 2026
HOURS = (time(7, 15), time(12), time(17, 30), time(19))
PICTURES = (1, 3, 0)
PICTURE_SHARES = (45, 35, 20)


@dataclass(frozen=True, slots=True)
class EarlierPost:
    """`pictures`: how many, 0 for words alone, which go where words may go alone."""

    at: datetime
    pillar: str
    text: str
    pictures: int
    networks: tuple[str, ...]


def earlier_posts(until: date, zone: ZoneInfo) -> list[EarlierPost]:
    """In order; the last lies before the day `until`. The same every time, but for the days."""
    table = _table()
    chance = random.Random(SEED)  # noqa: S311 - an example that repeats
    posts: list[EarlierPost] = []
    said: set[str] = set()
    for week in range(WEEKS):
        first_day = until - timedelta(weeks=WEEKS - week)
        for day in sorted(chance.sample(range(7), IDEAS_A_WEEK)):
            at = datetime.combine(first_day + timedelta(days=day), chance.choice(HOURS), zone)
            while (post := _post(chance, table, at)).text in said:
                pass  # nobody says the same twice
            said.add(post.text)
            posts.append(post)
    return posts


def networks() -> frozenset[str]:
    """On which the company was in those months."""
    return frozenset(_table()["networks"])


def _table() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "earlier.toml").read_text())


def _post(chance: random.Random, table: dict[str, Any], at: datetime) -> EarlierPost:
    pillars = table["pillars"]
    [pillar] = chance.choices(list(pillars), [one["share"] for one in pillars.values()])
    text = chance.choice(pillars[pillar]["openings"]).format(
        place=chance.choice(table["places"]),
        material=chance.choice(table["materials"]),
        room=chance.choice(table["rooms"]),
    )
    if chance.random() < 0.45:
        text += "\n\n" + chance.choice(pillars[pillar]["more"])
    [pictures] = chance.choices(PICTURES, PICTURE_SHARES)
    along = tuple(
        slug
        for slug, one in table["networks"].items()
        if chance.random() < one["share"] and (pictures or not one.get("pictures"))
    )
    return EarlierPost(at, pillar, typeset(text), pictures, along)
