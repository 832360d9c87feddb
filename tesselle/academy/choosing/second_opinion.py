"""TOPSIS and PROMETHEE II by pymcdm, in a process of its own: `python -m tesselle.academy.choosing.second_opinion`.

The library brings pandas and matplotlib along, over 100 MB that a web process would keep for good. Takes on
its input {"weights": [...], "scores": [[...], ...]}, gives {"topsis": [...], "promethee": [...]}, one
value for each row, higher is better. All criteria are benefits: the scores are.
"""

import json
import sys
from typing import Any


def judged(weights: list[float], scores: list[list[float]]) -> dict[str, list[float]]:
    """A criterion on which all are equal decides nothing and is left out: TOPSIS could not scale zeros."""
    import numpy
    from pymcdm.methods import PROMETHEE_II, TOPSIS
    from pymcdm.normalizations import vector_normalization

    matrix, weighed = numpy.array(scores, dtype=float), numpy.array(weights, dtype=float)
    differs = (matrix != matrix[0]).any(axis=0) & (weighed > 0)
    if not differs.any():
        level = [1.0] * len(scores)
        return {"topsis": level, "promethee": level}
    matrix, weighed = matrix[:, differs], weighed[differs] / weighed[differs].sum()
    # Its own checks only warn, of tools that are better or worse everywhere: here they are welcome.
    benefits = numpy.ones(matrix.shape[1])
    return {
        "topsis": _plain(TOPSIS(vector_normalization)(matrix, weighed, benefits, validation=False)),
        "promethee": _plain(PROMETHEE_II("usual")(matrix, weighed, benefits, validation=False)),
    }


def _plain(values: Any) -> list[float]:
    return [float(value) for value in values]


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    json.dump(judged(asked["weights"], asked["scores"]), sys.stdout)
