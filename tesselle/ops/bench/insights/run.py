"""The whole acceptance table in one run."""

import os
import time
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tesselle.ops.bench.insights import effects, experiments, forecasts, running, slots

LARGE_FROM = 20
"""Companies per cell from which the two largest fits are measured as well."""


def run(*, companies: int) -> dict[str, Any]:
    """`companies` for each cell of network and size. The full run has 200."""
    before = time.monotonic()
    rows = [
        *effects.rows(companies),
        *slots.rows(companies),
        *forecasts.rows(companies),
        *experiments.rows(max(100, 10 * companies)),
        *running.rows(large=companies >= LARGE_FROM),
    ]
    rows.sort(key=lambda row: row.id)
    return {
        "rows": [row.to_json() for row in rows],
        "companies": companies,
        "seconds": round(time.monotonic() - before, 1),
    }
