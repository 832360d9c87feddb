"""How much a ranking hangs on its weights.

Guarantees: the same scores and weights always give the same answer (the draws are seeded); shares sum to one;
the smallest change is exact, not searched for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

DRAWS = 1000
SPREAD = 0.5
SEED = 20261125


@dataclass(frozen=True, slots=True)
class Flip:
    """Changing one weight alone from `weight` to `needed` lets `rival` draw level with the winner."""

    criterion: int
    rival: str
    weight: float
    needed: float

    @property
    def change(self) -> float:
        return abs(self.needed - self.weight)


def win_shares(weights: Sequence[float], scores: Mapping[str, Sequence[int]]) -> dict[str, float]:
    """In how many of the random weight sets each wins: every weight drawn evenly within half of itself
    around itself. Who wins together shares the draw."""
    source = Random(SEED)  # noqa: S311 - draws that repeat, nothing secret
    won = dict.fromkeys(scores, 0.0)
    for _ in range(DRAWS):
        drawn = [weight * source.uniform(1 - SPREAD, 1 + SPREAD) for weight in weights]
        reached = {
            name: sum(w * s for w, s in zip(drawn, theirs, strict=True)) for name, theirs in scores.items()
        }
        best = max(reached.values())
        winners = [name for name, value in reached.items() if best - value < 1e-9]
        for name in winners:
            won[name] += 1 / len(winners)
    return {name: value / DRAWS for name, value in won.items()}


def smallest_flip(weights: Sequence[float], winner: str, scores: Mapping[str, Sequence[int]]) -> Flip | None:
    """The least change of one weight that lets another draw level; None: no single weight can.

    With the winner ahead of a rival by D = Σ w·(s_winner − s_rival), moving the weight of a criterion where
    they differ by d moves D by d for each point; so the weight needed is w − D/d. Below zero it does not exist.
    """
    found: list[Flip] = []
    for rival, theirs in scores.items():
        if rival == winner:
            continue
        apart = [ours - other for ours, other in zip(scores[winner], theirs, strict=True)]
        lead = sum(w * d for w, d in zip(weights, apart, strict=True))
        for place, (weight, d) in enumerate(zip(weights, apart, strict=True)):
            if d and (needed := weight - lead / d) >= 0:
                found.append(Flip(place, rival, weight, needed))
    return min(found, key=lambda flip: (round(flip.change, 9), flip.criterion, flip.rival), default=None)
