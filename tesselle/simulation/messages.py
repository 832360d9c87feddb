"""What the simulated public writes to an account alone: how much, when, what. A stream of draws of its own, so
that no other figure of a world depends on it."""

import itertools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from tesselle.simulation.draws import Draws
from tesselle.simulation.remarks import AUTHORS, LANGUAGES, WAVE_SHARE, Remark, kinds

Name = TypeVar("Name")

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Written:
    """One message. `number`: its week since the world began, and its place in it. `answer`: the id of the answer
    of ours that it follows, "" where it began an exchange."""

    number: str
    at: datetime
    language: str
    said: Remark
    answer: str = ""


def messages_of_week(
    draws: Draws,
    week: int,
    *,
    begins: datetime,
    slot: int,
    activity: Sequence[float],
    followers: float,
    language: str,
    goes_round: bool = False,
) -> tuple[Written, ...]:
    """Those of one week, oldest first. `slot`: the hour of the week in which it begins (0: Monday, midnight,
    local); `activity`: what each of its 168 hours weighs, Monday first."""
    facts, own = _facts(), draws.under("messages", week)
    mean = facts["a_week"] + facts["a_week_of_thousand_followers"] * followers / 1000
    count = own.poisson(mean * (facts["more_of_a_wave"] if goes_round else 1.0), "count")
    hours = [activity[(slot + hour) % len(activity)] for hour in range(len(activity))]
    return tuple(
        sorted(
            (
                _written(own.under(place), f"{week}-{place}", begins, hours, language, goes_round)
                for place in range(count)
            ),
            key=lambda one: one.at,
        )
    )


def _written(
    draws: Draws, number: str, begins: datetime, hours: Sequence[float], language: str, goes_round: bool
) -> Written:
    hour = _drawn(dict(enumerate(hours)), draws, "hour")
    at = begins + (hour + draws.uniform("minute")) * HOUR
    own = language if language in LANGUAGES else LANGUAGES[0]
    is_other = draws.uniform("language") < _facts()["in_the_other_language"]
    spoken = next(one for one in LANGUAGES if one != own) if is_other else own
    is_wave = goes_round and draws.uniform("wave") < WAVE_SHARE
    kind = "complaint" if is_wave else _drawn(_facts()["weights"], draws, "kind")
    texts = _facts()[spoken]
    facts = kinds()[kind]
    return Written(
        number,
        at,
        spoken,
        Remark(
            text=draws.pick(texts["goes_round"] if is_wave else texts[kind], "words"),
            author=int(draws.uniform("author") * len(AUTHORS)),
            kind=kind,
            sentiment=facts["sentiment"],
            needs_answer=facts["needs_answer"],
            urgent=facts["urgent"],
        ),
    )


def _drawn(weights: Mapping[Name, float], draws: Draws, purpose: str) -> Name:
    ends = list(itertools.accumulate(weights.values()))
    drawn = draws.uniform(purpose) * ends[-1]
    return next(name for name, end in zip(weights, ends, strict=True) if drawn < end)


@cache
def _facts() -> Mapping[str, Any]:
    """The whole of `messages.toml`."""
    return tomllib.loads((Path(__file__).parent / "messages.toml").read_text("utf-8"))
