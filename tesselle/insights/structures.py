"""How the effects of a factor's levels hang together, as factors `F` with `F F' = S`.

Each structure is centred (effects sum to zero) and scaled to a mean variance of 1, so that `tau` is
the standard deviation of an effect in log units, whatever the structure.
"""

import numpy as np

from tesselle.insights.posts import Floats

CIRCLE_LENGTH = 0.9
NUGGET = 0.05
DRIFT_LENGTH_BINS = 6.0


def independent(levels: int) -> Floats:
    """Levels that say nothing of one another; `levels` x `levels - 1`."""
    return _factor(np.eye(levels))


def ordered(levels: int) -> Floats:
    """A random walk: neighbouring levels are alike."""
    steps = np.arange(levels)
    return _factor(np.minimum.outer(steps, steps) + 1.0)


def circular(levels: int) -> Floats:
    """Hours of a day: 23 is next to 0. A part of each hour is its own."""
    turn = 2 * np.pi * np.arange(levels) / levels
    away = np.sin((turn[:, None] - turn[None, :]) / 2)
    smooth = np.exp(-2 * away**2 / CIRCLE_LENGTH**2)
    return _factor((1 - NUGGET) * smooth + NUGGET * np.eye(levels))


def drifting(levels: int) -> Floats:
    """An Ornstein-Uhlenbeck path over bins of time: near ones are alike, far ones are free."""
    bins = np.arange(levels)
    return _factor(np.exp(-np.abs(bins[:, None] - bins[None, :]) / DRIFT_LENGTH_BINS))


def _factor(covariance: Floats) -> Floats:
    size = len(covariance)
    if size < 2:
        return np.zeros((size, 0))  # one level alone says nothing
    centre = np.eye(size) - 1 / size
    centred = centre @ covariance @ centre
    centred *= size / np.trace(centred)
    values, vectors = np.linalg.eigh(centred)
    # The smallest is the zero of the centring.
    return np.asarray(vectors[:, 1:] * np.sqrt(np.maximum(values[1:], 0.0)))
