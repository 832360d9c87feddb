"""Asks the second methods, once for each set of weights and scores."""

import hashlib
import json
import logging
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.cache import cache

PATIENCE_SECONDS = 60
KEPT_SECONDS = 7 * 24 * 3600

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """By the name of the tool; higher is better."""

    topsis: Mapping[str, float]
    promethee: Mapping[str, float]

    def best_by_topsis(self) -> list[str]:
        return _best(self.topsis)

    def best_by_promethee(self) -> list[str]:
        return _best(self.promethee)


def second_opinion(
    weights: Sequence[float], scores: Mapping[str, Sequence[int]], *, only_known: bool = False
) -> SecondOpinion | None:
    """`only_known`: at once, from what was answered before; otherwise they are asked, which takes seconds.
    None: not known, fewer than two tools, or the methods could not be asked (the page then says so)."""
    if len(scores) < 2:
        return None
    asked = json.dumps({"weights": list(weights), "scores": [list(row) for row in scores.values()]})
    key = f"second-opinion-{hashlib.sha256(asked.encode()).hexdigest()}"
    answer = cache.get(key)
    if answer is None and not only_known:
        answer = _ask(asked)
        if answer is not None:
            cache.set(key, answer, KEPT_SECONDS)
    if answer is None:
        return None
    names = list(scores)
    return SecondOpinion(
        dict(zip(names, answer["topsis"], strict=True)), dict(zip(names, answer["promethee"], strict=True))
    )


def _ask(asked: str) -> dict[str, list[float]] | None:
    command = [sys.executable, "-m", "tesselle.academy.choosing.second_opinion"]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, numbers as its input
            command, input=asked, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=True
        )
        found: dict[str, list[float]] = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        log.warning("second_opinion_failed", extra={"reason": type(error).__name__})
        return None
    return found


def _best(values: Mapping[str, float]) -> list[str]:
    """All that share the first place."""
    most = max(values.values())
    return [name for name, value in values.items() if most - value < 1e-9]
