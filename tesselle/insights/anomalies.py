"""Single posts out of the ordinary, and changes of level, with their rates of false alarm."""

from collections.abc import Sequence

from scipy import special

ALLOWANCE = 0.5
ALARM = 5.0
RARE = 0.01
EDGE = 1e-4


def is_unusual(rank: float) -> bool:
    """Outside what 99 posts in 100 do; `rank` as `prediction.rank` gives it. One in a hundred is
    by chance: say so."""
    return rank < RARE / 2 or rank > 1 - RARE / 2


def level_changes(ranks: Sequence[float]) -> list[int]:
    """Where the level changed: the numbers of the posts at which a two-sided CUSUM raised alarm.

    Works on normal scores of predictive ranks, so that it means the same on every channel; about
    one false alarm in 465 posts. Starts afresh after each.
    """
    up = down = 0.0
    alarms = []
    for number, rank in enumerate(ranks):
        score = float(special.ndtri(min(max(rank, EDGE), 1 - EDGE)))
        up, down = max(0.0, up + score - ALLOWANCE), max(0.0, down - score - ALLOWANCE)
        if max(up, down) > ALARM:
            alarms.append(number)
            up = down = 0.0
    return alarms
