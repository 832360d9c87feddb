"""What the demo company wrote in the months before its last one: enough posts for their figures to say something."""

import random
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tesselle.sandbox.company.posts import typeset

WEEKS = 36
IDEAS_A_WEEK = 4
SEED = 2026
HOURS = (time(7, 15), time(12), time(17, 30), time(19))
PICTURES = (1, 3, 0)
PICTURE_SHARES = (45, 35, 20)
ALONG = {"instagram": 1.0, "facebook": 0.75, "linkedin": 0.5}
"""On which networks, and how much of what is written goes there."""


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
    table = tomllib.loads((Path(__file__).parent / "earlier.toml").read_text())
    pillars = {name: value for name, value in table.items() if isinstance(value, dict)}
    chance = random.Random(SEED)  # noqa: S311 - an example that repeats
    posts: list[EarlierPost] = []
    said: set[str] = set()
    for week in range(WEEKS):
        monday = until - timedelta(weeks=WEEKS - week)
        for day in sorted(chance.sample(range(7), IDEAS_A_WEEK)):
            at = datetime.combine(monday + timedelta(days=day), chance.choice(HOURS), zone)
            [pillar] = chance.choices(list(pillars), [one["share"] for one in pillars.values()])
            while (post := _post(chance, table, pillar, at)).text in said:
                pass  # nobody says the same twice
            said.add(post.text)
            posts.append(post)
    return posts


def _post(chance: random.Random, table: dict[str, list[str]], pillar: str, at: datetime) -> EarlierPost:
    words = table[pillar]
    text = chance.choice(words["openings"]).format(  # type: ignore[call-overload]
        place=chance.choice(table["places"]),
        material=chance.choice(table["materials"]),
        room=chance.choice(table["rooms"]),
    )
    if chance.random() < 0.45:
        text += "\n\n" + chance.choice(words["more"])  # type: ignore[call-overload]
    [pictures] = chance.choices(PICTURES, PICTURE_SHARES)
    networks = tuple(
        slug for slug, share in ALONG.items() if chance.random() < share and (pictures or slug != "instagram")
    )
    return EarlierPost(at, pillar, typeset(text), pictures, networks)
