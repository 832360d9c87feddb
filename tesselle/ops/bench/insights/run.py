"""The whole acceptance table in one run: its rows are told as they are done."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tesselle.ops.bench.insights import effects, experiments, forecasts, running, slots
from tesselle.ops.bench.insights.companies import FEED_NETWORKS, Fitted, company
from tesselle.ops.bench.insights.table import Row
from tesselle.ops.bench.processes import Mapped, mapped

LARGE_FROM = 20
"""Companies per cell from which the two largest fits are measured as well."""

SIZES = (effects.SMALL, *effects.SIZES)
EXPERIMENTS_A_COMPANY = 10


@dataclass
class Studied:
    """What companies of one number, one of each network and size, taught. `number` decides all of it."""

    seen: effects.Seen = field(default_factory=effects.Seen)
    advised: slots.Advised = field(default_factory=slots.Advised)
    foreseen: forecasts.Next = field(default_factory=forecasts.Next)

    def add(self, other: "Studied") -> None:
        self.seen.add(other.seen)
        self.advised.add(other.advised)
        self.foreseen.add(other.foreseen)


def study(number: int, sizes: tuple[int, ...] = SIZES) -> Studied:
    """Each company is made and fitted once, for all rows that ask for it."""
    found = Studied()
    for network in FEED_NETWORKS:
        for size in sizes:
            fitted = Fitted(company(number, network, size))
            effects.look(found.seen, network, size, number, fitted)
            if size in slots.SIZES:
                slots.look(found.advised, network, size, fitted)
    return found


def foresee(number: int) -> Studied:
    found = Studied()
    for network in FEED_NETWORKS:
        forecasts.look(found.foreseen, number, network)
    return found


def run(
    *, companies: int, processes: int = 1, tell: Callable[[Row], None] = lambda row: None
) -> dict[str, Any]:
    """`companies` for each cell of network and size. The full run has 200. The same table for any
    number of processes."""
    before = time.monotonic()
    rows: list[Row] = []
    with mapped(processes) as over:
        for some in _groups(companies, over):
            rows += some
            for row in some:
                tell(row)
    rows.sort(key=lambda row: row.id)
    return {
        "rows": [row.to_json() for row in rows],
        "companies": companies,
        "seconds": round(time.monotonic() - before, 1),
    }


def _groups(companies: int, over: Mapped) -> Iterator[list[Row]]:
    """The quick ones first; fits are timed before anything else fills the memory."""
    numbers = range(companies)
    yield running.rows(large=companies >= LARGE_FROM)
    yield forecasts.rows(companies)
    yield experiments.rows(max(100, EXPERIMENTS_A_COMPANY * companies))
    yield [forecasts.next_posts(_all(over(foresee, numbers)).foreseen)]
    studied = _all(over(study, numbers, repeat(SIZES)))
    yield effects.table(studied.seen)
    yield slots.table(studied.advised)


def _all(parts: Iterable[Studied]) -> Studied:
    whole = Studied()
    for part in parts:
        whole.add(part)
    return whole
