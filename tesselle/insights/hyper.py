"""How large each kind of effect is, learned from the sums: the marginal posterior of the scales.

Source: Gelman, Hill, Yajima 2012 (partial pooling); the formulas are those of a Gaussian linear model
with effects integrated out.
"""

from dataclasses import dataclass

import numpy as np
from scipy import linalg, optimize

from tesselle.insights.design import Design
from tesselle.insights.gram import Sums
from tesselle.insights.posts import Floats

SIGMA_MEDIAN = 0.84
SIGMA_SPREAD = 0.3
JITTER = 1e-9


@dataclass(frozen=True, slots=True)
class Solved:
    """Effects given the scales: mean and covariance."""

    mean: Floats
    covariance: Floats


class Scales:
    """`theta`: the log of each learned prior's standard deviation, then log sigma."""

    def __init__(self, design: Design) -> None:
        self._groups = design.groups
        self._known = np.array([prior.spread == 0 for prior in design.priors])
        self._medians = np.log([prior.median for prior in design.priors])
        spreads = np.array([prior.spread for prior in design.priors])
        self.start = np.append(self._medians[~self._known], np.log(SIGMA_MEDIAN))
        self.spreads = np.append(spreads[~self._known], SIGMA_SPREAD)
        self._count = np.bincount(self._groups, minlength=len(self._known))

    def precisions(self, theta: Floats) -> Floats:
        """One over the variance of each column's effect."""
        logs = self._medians.copy()
        logs[~self._known] = theta[:-1]
        return np.asarray(np.exp(-2 * logs)[self._groups])

    def solve(self, theta: Floats, sums: Sums, information: float = 1.0) -> Solved:
        """`information`: by how much the data's say is scaled when the covariance is formed."""
        factor, mean = self._mean(theta, sums)
        if information != 1.0:
            scaled = information * sums.gram * np.exp(-2 * theta[-1])
            factor = _cholesky(scaled, self.precisions(theta))
        return Solved(mean, _inverse(factor))

    def _mean(self, theta: Floats, sums: Sums) -> tuple[Floats, Floats]:
        weight = np.exp(-2 * theta[-1])
        factor = _cholesky(sums.gram * weight, self.precisions(theta))
        return factor, linalg.cho_solve((factor, True), sums.cross * weight, check_finite=False)

    def cost(self, theta: Floats, sums: Sums) -> tuple[float, Floats]:
        """Minus the log posterior of the scales, and its gradient."""
        weight, precisions = np.exp(-2 * theta[-1]), self.precisions(theta)
        factor, mean = self._mean(theta, sums)
        inverse = _inverse(factor)
        away = (theta - self.start) / self.spreads
        explained = float(mean @ sums.cross)
        size = mean**2 + np.diag(inverse)
        by_group = np.bincount(self._groups, size * precisions, minlength=len(self._known))
        residual = sums.square - 2 * explained + float(mean @ sums.gram @ mean)
        spread = float((sums.gram * inverse).sum())
        gradient = np.append((self._count - by_group)[~self._known], sums.rows - weight * (residual + spread))
        return self._value(theta, sums, factor, mean), gradient + away / self.spreads

    def value(self, theta: Floats, sums: Sums) -> float:
        """`cost` without its gradient."""
        return self._value(theta, sums, *self._mean(theta, sums))

    def _value(self, theta: Floats, sums: Sums, factor: Floats, mean: Floats) -> float:
        weight, precisions = np.exp(-2 * theta[-1]), self.precisions(theta)
        away = (theta - self.start) / self.spreads
        value = 0.5 * (
            sums.rows * 2 * theta[-1]
            - sums.logs
            + 2 * np.log(np.diag(factor)).sum()
            - np.log(precisions).sum()
            + weight * (sums.square - float(mean @ sums.cross))
            + float(away @ away)
        )
        return float(value)

    def best(self, theta: Floats, sums: Sums) -> Floats:
        """The most probable scales, from a starting point."""
        bounds = [(start - 6 * spread, start + 6 * spread) for start, spread in self._ranges()]
        found = optimize.minimize(
            self.cost, theta, args=(sums,), jac=True, method="L-BFGS-B", bounds=bounds,
            options={"maxiter": 60, "ftol": 1e-11, "gtol": 1e-6},
        )  # fmt: skip
        return np.asarray(found.x)

    def _ranges(self) -> list[tuple[float, float]]:
        return list(zip(self.start, self.spreads, strict=True))

    def curvature(self, theta: Floats, sums: Sums, step: float = 1e-3) -> Floats:
        """The Hessian of `cost`, by differences of its gradient."""
        rows = []
        for direction in np.eye(len(theta)) * step:
            _, above = self.cost(theta + direction, sums)
            _, below = self.cost(theta - direction, sums)
            rows.append((above - below) / (2 * step))
        hessian = np.array(rows)
        return (hessian + hessian.T) / 2


def _cholesky(matrix: Floats, diagonal: Floats) -> Floats:
    whole = matrix.copy()
    whole[np.diag_indices_from(whole)] += diagonal + JITTER
    factor: Floats = linalg.cholesky(whole, lower=True, overwrite_a=True, check_finite=False)
    return factor


def _inverse(factor: Floats) -> Floats:
    """Of a lower factor whose upper half is zero; only the lower half of what LAPACK gives is filled."""
    half, trouble = linalg.lapack.dpotri(factor, lower=1)
    if trouble:
        raise linalg.LinAlgError("a covariance could not be inverted")
    whole: Floats = half + half.T
    np.fill_diagonal(whole, np.diag(half))
    return whole
