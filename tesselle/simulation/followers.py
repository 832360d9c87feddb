"""How many people follow a channel, week after week."""

import math

from tesselle.domain.attention import Attention
from tesselle.simulation.draws import Draws

DAYS_A_MONTH = 30.4
GROWTH_SPREAD = 0.6
MOOD_SD = 0.5
MOOD_KEPT = 0.65
LOST_A_MONTH = 0.004


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
