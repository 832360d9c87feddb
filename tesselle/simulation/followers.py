"""How many people follow a channel, week after week."""

import math
from datetime import datetime, timedelta

from tesselle.domain.attention import Attention
from tesselle.simulation.draws import Draws

DAYS_A_MONTH = 30.4
GROWTH_SPREAD = 0.6
MOOD_SD = 0.5
MOOD_KEPT = 0.65
LOST_A_MONTH = 0.004
WEEK = timedelta(days=7)
WEEKS_AT_ONCE = 60


def weekly_followers(draws: Draws, attention: Attention, weeks: int, start: float | None = None) -> list[int]:
    """Counts at the end of each week, the start included: `weeks + 1` values.

    Gains and losses are Poisson; how attractive a company is stays its own, with moods that last
    for some weeks.
    """
    count = start if start is not None else 1500 * math.exp(0.8 * draws.normal("followers"))
    monthly = attention.growth * math.exp(GROWTH_SPREAD * draws.normal("growth"))
    mood, path = 0.0, [round(count)]
    for week in range(1, weeks + 1):
        mood = MOOD_KEPT * mood + math.sqrt(1 - MOOD_KEPT**2) * MOOD_SD * draws.normal("mood", week)
        share = 7 / DAYS_A_MONTH
        gained = draws.poisson(path[-1] * (monthly + LOST_A_MONTH) * share * math.exp(mood), "gained", week)
        lost = draws.poisson(path[-1] * LOST_A_MONTH * share, "lost", week)
        path.append(max(path[-1] + gained - lost, 0))
    return path


class Growth:
    """How many follow at any instant, as long as nobody has a reason to leave; keeps what it worked out."""

    def __init__(self, draws: Draws, attention: Attention, start: float, began_at: datetime) -> None:
        self._draws = draws
        self._attention = attention
        self._start = start
        self._began_at = began_at
        self._path: list[int] = []

    def at(self, instant: datetime) -> float:
        """Between the ends of two weeks, in proportion."""
        weeks = max((instant - self._began_at) / WEEK, 0.0)
        if len(self._path) <= int(weeks) + 1:
            self._path = weekly_followers(
                self._draws, self._attention, int(weeks) + 1 + WEEKS_AT_ONCE, self._start
            )
        before, after = self._path[int(weeks)], self._path[int(weeks) + 1]
        return before + (after - before) * (weeks - int(weeks))
