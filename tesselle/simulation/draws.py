"""Numbers that look like chance and are a function of their name: nothing is drawn in an order, so
neither restarts, nor polling, nor jumps of a clock can change one."""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

Option = TypeVar("Option")

LARGE_MEAN = 60.0
"""From here on a Poisson count is drawn as a rounded normal."""

LARGE_SPREAD = 20.0
"""From this variance on a binomial count is drawn as a rounded normal."""


@dataclass(frozen=True, slots=True)
class Draws:
    """`seed` names the world; every further word narrows the purpose."""

    seed: str

    def under(self, *words: object) -> "Draws":
        return Draws("\x1f".join((self.seed, *map(str, words))))

    def uniform(self, *purpose: object) -> float:
        """In (0, 1), the ends left out."""
        return self._uniforms(purpose, 1)[0]

    def normal(self, *purpose: object) -> float:
        first, second = self._uniforms(purpose, 2)
        return math.sqrt(-2 * math.log(first)) * math.cos(2 * math.pi * second)

    def t5(self, *purpose: object) -> float:
        """Student's t with five degrees of freedom: luck, with its heavy tails."""
        values = self._uniforms(purpose, 7)
        normal = math.sqrt(-2 * math.log(values[0])) * math.cos(2 * math.pi * values[1])
        # Chi square with five: two exponentials and a squared normal.
        square = math.sqrt(-2 * math.log(values[2])) * math.cos(2 * math.pi * values[3])
        chi = -2 * math.log(values[4] * values[5]) + square * square
        return normal / math.sqrt(chi / 5)

    def poisson(self, mean: float, *purpose: object) -> int:
        if mean <= 0:
            return 0
        if mean > LARGE_MEAN:
            return max(0, round(mean + math.sqrt(mean) * self.normal(*purpose)))
        left, count = self.uniform(*purpose), 0
        share = math.exp(-mean)
        while left > share and count < 400:
            left -= share
            count += 1
            share *= mean / count
        return count

    def binomial(self, count: int, share: float, *purpose: object) -> int:
        """How many of `count` fall to a share of 0 to 1."""
        if count <= 0 or share <= 0:
            return 0
        if share >= 1:
            return count
        spread = count * share * (1 - share)
        if spread > LARGE_SPREAD:
            drawn = round(count * share + math.sqrt(spread) * self.normal(*purpose))
            return min(max(drawn, 0), count)
        if share > 0.5:
            return count - self.binomial(count, 1 - share, *purpose)
        left, hits = self.uniform(*purpose), 0
        chance = math.pow(1 - share, count)
        while left > chance and hits < count:
            left -= chance
            chance *= (count - hits) / (hits + 1) * share / (1 - share)
            hits += 1
        return hits

    def pick(self, options: Sequence[Option], *purpose: object) -> Option:
        return options[int(self.uniform(*purpose) * len(options))]

    def _uniforms(self, purpose: tuple[object, ...], count: int) -> list[float]:
        words = "\x1f".join((self.seed, *map(str, purpose))).encode()
        digest = hashlib.blake2b(words, digest_size=8 * count).digest()
        whole = (int.from_bytes(digest[8 * i : 8 * i + 8], "big") >> 11 for i in range(count))
        return [(value + 0.5) / (1 << 53) for value in whole]
