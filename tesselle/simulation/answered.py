"""What follows an answer, and what follows from none: by streams of draws of its own, so that no other figure of
a world depends on it."""

import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from tesselle.simulation.draws import Draws
from tesselle.simulation.record import Answer
from tesselle.simulation.remarks import AUTHORS, LANGUAGES, Remark
from tesselle.simulation.worlds import SimulatedWorld

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GRIEVANCES = frozenset({"complaint", "insists"})


@dataclass(frozen=True, slots=True)
class Line:
    """Something that somebody said. `step`: how often they had been answered before; `answer`: the one it follows,
    "" for what began the exchange."""

    step: int
    at: datetime
    said: Remark
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """What was said below one post because of answers, ever: `more` comments by their number, and of each exchange
    that was answered its lines, the first included, by the number of that."""

    more: Mapping[int, Line] = field(default_factory=dict)
    exchanges: Mapping[int, Sequence[Line]] = field(default_factory=dict)


def exchange(draws: Draws, first: Line, answers: Sequence[Answer], language: str) -> Iterator[Line]:
    """What they say after each answer, the first line included. Each line is decided by what was before it: an
    answer given later changes none."""
    line = first
    yield line
    for step in range(1, facts()["longest"] + 1):
        answer = next((one for one in answers if one.at > line.at), None)
        if answer is None:
            return
        own = draws.under(step)
        kind = _follows(own, line.said.kind, answer.at - line.at)
        if kind is None:
            return
        at = answer.at + _takes(own)
        line = Line(step, at, _said(own, kind, first.said, line.said.author, language), answer.id)
        yield line


def _follows(draws: Draws, kind: str, waited: timedelta) -> str | None:
    late = facts()["late"].get(kind) if waited > patience() else None
    drawn = draws.uniform("kind")
    for follows, chance in (late or facts()["after"].get(kind, {})).items():
        drawn -= chance
        if drawn < 0:
            return str(follows)
    return None


def _takes(draws: Draws) -> timedelta:
    least, most = math.log(facts()["soonest_h"]), math.log(facts()["latest_h"])
    return math.exp(least + (most - least) * draws.uniform("takes")) * HOUR


def _said(draws: Draws, kind: str, first: Remark, author: int, language: str) -> Remark:
    words = facts()[language if language in LANGUAGES else LANGUAGES[0]]
    asked = words["question"]
    texts = asked.get(first.kind, asked["others"]) if kind == "question" else words["says"][kind]
    if kind == "question" and draws.uniform("another") < facts()["by_another"]:
        author = (author + 1 + int(draws.uniform("author") * (len(AUTHORS) - 1))) % len(AUTHORS)
    told = facts()["kinds"][kind]
    return Remark(
        text=draws.pick(texts, "words"),
        author=author,
        kind=kind,
        sentiment=told["sentiment"],
        needs_answer=told["needs_answer"],
        urgent=told["urgent"],
    )


def brings_another(draws: Draws, world: SimulatedWorld) -> bool:
    """Whether a comment brings another, after a quick answer above it. Where nothing matters, never."""
    return draws.uniform("brings another") < float(facts()["later_comments"]) * world.matters


def joins_after(draws: Draws) -> timedelta:
    """How long after the comment that brought it."""
    return _takes(draws.under("joins"))


def losses(
    world: SimulatedWorld, complaint: datetime, until: datetime | None, weight: float
) -> Iterator[tuple[datetime, float, int]]:
    """When people leave over a complaint, in what part of the followers, and on which day of waiting: while it
    stands unanswered. `until`: when it was answered."""
    told = facts()
    for day in range(told["lost_days"]):
        at = complaint + patience() + day * DAY
        if until is not None and until <= at:
            return
        share = told["lost"] * told["lost_kept"] ** day * weight * world.matters * world.resentment
        yield at, share, day


def waits_for(
    world: SimulatedWorld, complaint: datetime, until: datetime | None
) -> tuple[datetime, datetime] | None:
    """From when to when people leave over it; None: never."""
    begins = complaint + patience()
    ends = min(begins + facts()["lost_days"] * DAY, until or datetime.max.replace(tzinfo=UTC))
    return (begins, ends) if begins < ends and world.matters and world.resentment else None


def weight_of(place: int) -> float:
    """How many read the so-manieth comment, the first being read by all: 1 to 0."""
    return 0.0 if place > facts()["looked_at"] else 1 / (1 + (place - 1) / facts()["read_down"])


def answered_after(line: datetime, answers: Sequence[Answer]) -> datetime | None:
    return next((one.at for one in answers if one.at > line), None)


def quick() -> timedelta:
    return float(facts()["quick_h"]) * HOUR


def patience() -> timedelta:
    return float(facts()["patience_h"]) * HOUR


def told(world: SimulatedWorld) -> dict[str, Any]:
    """The parameters as they hold in that world."""
    names = (
        "quick_h",
        "patience_h",
        "lost_kept",
        "lost_days",
        "read_down",
        "looked_at",
        "longest",
        "after",
        "late",
    )
    return {
        **{name: facts()[name] for name in names},
        "later_comments": facts()["later_comments"] * world.matters,
        "lost": facts()["lost"] * world.matters * world.resentment,
    }


@cache
def facts() -> Mapping[str, Any]:
    """The whole of `answers.toml`."""
    return tomllib.loads((Path(__file__).parent / "answers.toml").read_text("utf-8"))
