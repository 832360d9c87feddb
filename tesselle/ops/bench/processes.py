"""A map over several processes, or over none but this one."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

Mapped = Callable[..., Iterable[Any]]


@contextmanager
def mapped(processes: int) -> Iterator[Mapped]:
    """Answers come in the order of what was asked, however many processes there are."""
    if processes == 1:
        yield map
        return
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        yield pool.map
