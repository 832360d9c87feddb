"""What is known after the fit: a mixture of Gaussians, and what it says about any combination."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from tesselle.insights.design import Design
from tesselle.insights.posts import Floats

BISECTIONS = 60


@dataclass(frozen=True, slots=True)
class Component:
    """`weight`: of the mixture, they sum to 1. `sigma`: of the luck of single posts."""

    weight: float
    mean: Floats
    covariance: Floats
    sigma: float
    theta: Floats


@dataclass(frozen=True, slots=True)
class Mixture:
    """The distribution of one number: weights, means and standard deviations of Gaussians."""

    weights: Floats
    means: Floats
    deviations: Floats

    @property
    def mean(self) -> float:
        return float(self.weights @ self.means)

    @property
    def variance(self) -> float:
        return float(self.weights @ (self.deviations**2 + self.means**2)) - self.mean**2

    def below(self, value: float) -> float:
        """The probability that it is below `value`."""
        away = (value - self.means) / np.maximum(self.deviations, 1e-12)
        return float(self.weights @ special.ndtr(away))

    def quantile(self, share: float) -> float:
        low = float(np.min(self.means - 9 * self.deviations))
        high = float(np.max(self.means + 9 * self.deviations))
        for _ in range(BISECTIONS):
            middle = (low + high) / 2
            if self.below(middle) < share:
                low = middle
            else:
                high = middle
        return (low + high) / 2

    def moved(self, by: float) -> "Mixture":
        return Mixture(self.weights, self.means + by, self.deviations)

    def widened(self, factor: float) -> "Mixture":
        """The same centre, `factor` times as wide."""
        return Mixture(self.weights, self.mean + factor * (self.means - self.mean), factor * self.deviations)


@dataclass(frozen=True, slots=True)
class Posterior:
    design: Design
    components: tuple[Component, ...]
    nu: float

    @property
    def sigma(self) -> float:
        return sum(c.weight * c.sigma for c in self.components)

    def of(self, combination: Floats) -> Mixture:
        """The distribution of `combination @ effects`."""
        return Mixture(
            np.array([c.weight for c in self.components]),
            np.array([combination @ c.mean for c in self.components]),
            np.sqrt(
                np.array([max(float(combination @ c.covariance @ combination), 0.0) for c in self.components])
            ),
        )

    def mean_of(self, combinations: Floats) -> Floats:
        """The means of several combinations, one a row."""
        means = np.array([combinations @ c.mean for c in self.components])
        return np.asarray(np.array([c.weight for c in self.components]) @ means)

    def covariance_of(self, combinations: Floats) -> Floats:
        """The covariance of several combinations, one a row."""
        total = -np.outer(self.mean_of(combinations), self.mean_of(combinations))
        for c in self.components:
            means = combinations @ c.mean
            total += c.weight * (combinations @ c.covariance @ combinations.T + np.outer(means, means))
        return total

    def draws(self, combinations: Floats, count: int, seed: int) -> Floats:
        """`count` draws of several combinations; count x rows. The same seed gives the same draws."""
        random = np.random.Generator(np.random.Philox(seed))
        chosen = random.choice(len(self.components), count, p=[c.weight for c in self.components])
        out = np.empty((count, len(combinations)))
        for number, component in enumerate(self.components):
            rows = np.flatnonzero(chosen == number)
            if not len(rows):
                continue
            values, vectors = np.linalg.eigh(combinations @ component.covariance @ combinations.T)
            root = vectors * np.sqrt(np.maximum(values, 0.0))
            normal = random.standard_normal((len(rows), len(combinations)))
            out[rows] = combinations @ component.mean + normal @ root.T
        return out
