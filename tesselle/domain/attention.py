"""How attention comes and goes: what is generally known of a network, before any own history.

The facts are in `attention.toml`, each with its mark. They are a starting point that an account's
own figures overrule, and what the simulated audience is made of.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HOURS_A_WEEK = 168
PEAK_WIDTH_H = 1.3
"""Standard deviation of a peak of activity, in hours. Assumption."""

HORIZON_H = 24 * 21
"""What comes later than this is spread over all hours alike, and tells slots apart no more."""


@dataclass(frozen=True, slots=True)
class Attention:
    """One network's row of `attention.toml`; the names are explained there."""

    half_life_h: float
    shape: float
    reach_rate: float
    acts_rate: float
    weekend: float
    peaks: tuple[float, ...]
    night: float
    formats: Mapping[str, float]
    growth: float
    luck: float

    @property
    def scale_h(self) -> float:
        """`L` of the Weibull curve `1 - exp(-(age / L) ** shape)`."""
        return self.half_life_h / math.pow(math.log(2), 1 / self.shape)

    def seen_after(self, hours: float) -> float:
        """The share of its final attention that a post has at that age: 0 to 1."""
        return 1 - math.exp(-math.pow(max(hours, 0.0) / self.scale_h, self.shape))

    def hours_until(self, share: float) -> float:
        """The age at which a post has that share (0 to below 1)."""
        return self.scale_h * math.pow(-math.log(1 - share), 1 / self.shape)


@cache
def attention_of(network: str) -> Attention:
    """Facts about that network; cautious general ones for a name that is not in the file."""
    table = tomllib.loads((Path(__file__).parent / "attention.toml").read_text("utf-8"))
    row = table.get(network, table["others"])
    return Attention(**{**row, "peaks": tuple(row["peaks"])})


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When one audience is there: `peaks` as (centre in local hours, weight); `days`: seven factors,
    Monday first."""

    peaks: tuple[tuple[float, float], ...]
    night: float
    days: tuple[float, ...]

    def activity(self) -> tuple[float, ...]:
        """168 values, Monday 0 h first, in the audience's local time; mean 1."""
        hours = [self.night + sum(w * _bump(hour + 0.5 - at) for at, w in self.peaks) for hour in range(24)]
        week = [factor * hour for factor in self.days for hour in hours]
        mean = sum(week) / HOURS_A_WEEK
        return tuple(value / mean for value in week)


def _bump(hours: float) -> float:
    away = (hours + 12) % 24 - 12
    return math.exp(-0.5 * (away / PEAK_WIDTH_H) ** 2)


def usual_rhythm(attention: Attention, *, shift_h: float = 0.0) -> Rhythm:
    """The rhythm that is generally known; `shift_h` moves every peak (a wrong belief, for tests)."""
    days = (1.0,) * 5 + (attention.weekend,) * 2
    return Rhythm(tuple(((at + shift_h) % 24, 1.0) for at in attention.peaks), attention.night, days)


def timing(attention: Attention, rhythm: Rhythm) -> tuple[float, ...]:
    """What the hour of posting is worth: 168 log effects, centred on their mean.

    The attention of each age falls on the activity of the hour it falls in:
    `T(t) = log sum over ages of m'(age) * A(t + age)`.
    """
    activity = rhythm.activity()
    shares = [0.0] * HOURS_A_WEEK
    for age in range(HORIZON_H):
        shares[age % HOURS_A_WEEK] += attention.seen_after(age + 1) - attention.seen_after(age)
    rest = 1 - sum(shares)
    raw = [
        math.log(
            rest + sum(share * activity[(slot + age) % HOURS_A_WEEK] for age, share in enumerate(shares))
        )
        for slot in range(HOURS_A_WEEK)
    ]
    mean = sum(raw) / HOURS_A_WEEK
    return tuple(value - mean for value in raw)
