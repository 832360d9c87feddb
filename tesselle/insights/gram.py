"""Sums over posts that the fit needs: rows are touched here, everything else is `p` by `p`."""

from dataclasses import dataclass

import numpy as np

from tesselle.insights.design import Block, Design
from tesselle.insights.posts import Floats


@dataclass(frozen=True, slots=True)
class Sums:
    """With `X` the columns of the design and `v` the weights: `gram = X'vX`, `cross = X'vy`,
    `square = y'vy`, `logs = sum(log v)`, `rows = n`."""

    gram: Floats
    cross: Floats
    square: float
    logs: float
    rows: int


def sums_of(design: Design, target: Floats, weights: Floats) -> Sums:
    starts, width = design.starts, design.width
    gram, cross = np.zeros((width, width)), np.zeros(width)
    for a, left in enumerate(design.blocks):
        here = slice(starts[a], starts[a] + left.width)
        valued = weights * left.value
        cross[here] = left.factor.T @ _totals(left, valued * target)
        for b in range(a, len(design.blocks)):
            right = design.blocks[b]
            there = slice(starts[b], starts[b] + right.width)
            part = left.factor.T @ _crossed(left, right, valued * right.value) @ right.factor
            gram[here, there] = part
            if a != b:
                gram[there, here] = part.T
    return Sums(gram, cross, float(target @ (weights * target)), float(np.log(weights).sum()), len(target))


def _totals(block: Block, values: Floats) -> Floats:
    there = block.level >= 0
    return np.bincount(block.level[there], values[there], minlength=len(block.factor)).astype(float)


def _crossed(left: Block, right: Block, values: Floats) -> Floats:
    """Sums of `values` for each pair of levels."""
    there = (left.level >= 0) & (right.level >= 0)
    size = (len(left.factor), len(right.factor))
    pairs = left.level[there] * size[1] + right.level[there]
    return np.bincount(pairs, values[there], minlength=size[0] * size[1]).reshape(size).astype(float)


def predicted(design: Design, effects: Floats) -> Floats:
    """`X @ effects`, for each post."""
    total = np.zeros(len(design.offset))
    for block, start in zip(design.blocks, design.starts, strict=False):
        levels = block.factor @ effects[start : start + block.width]
        total += np.where(block.level >= 0, block.value * levels[block.level], 0.0)
    return total


def variances(design: Design, covariance: Floats) -> Floats:
    """The variance of each post's prediction: the diagonal of `X @ covariance @ X'`."""
    total = np.zeros(len(design.offset))
    starts = design.starts
    for a, left in enumerate(design.blocks):
        here = slice(starts[a], starts[a] + left.width)
        for b in range(a, len(design.blocks)):
            right = design.blocks[b]
            there = slice(starts[b], starts[b] + right.width)
            levels = left.factor @ covariance[here, there] @ right.factor.T
            both = (left.level >= 0) & (right.level >= 0)
            share = left.value * right.value * levels[left.level, right.level]
            total += np.where(both, share if a == b else 2 * share, 0.0)
    return np.maximum(total, 0.0)
