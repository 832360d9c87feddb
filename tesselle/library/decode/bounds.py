"""What this process may use up, and how it says no."""

import ctypes
import os
import resource
import signal

GIGABYTE = 1024 * 1024 * 1024

PICTURE_MEMORY = 2 * GIGABYTE
FILM_MEMORY = 6 * GIGABYTE
"""Of addresses, not of memory in use: a coder of large films maps much that it never touches."""

PICTURE_CPU_SECONDS = 60
FILM_CPU_SECONDS = 4 * 3600
FILE_BYTES = 3 * GIGABYTE

MAX_PIXELS = 100_000_000
MAX_FILM_PIXELS = 36_000_000
"""A little above 8K, the largest that a phone films."""

MAX_FILM_SECONDS = 3600
MAX_DOCUMENT_PAGES = 100
NICENESS = 10
_PR_SET_PDEATHSIG = 1


class RefusedError(Exception):
    """`code` is one of the keys of `library.refusals.SENTENCES`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def limit_ourselves(*, film: bool) -> None:
    """Holds for the coder that this process starts, too."""
    memory = FILM_MEMORY if film else PICTURE_MEMORY
    cpu = FILM_CPU_SECONDS if film else PICTURE_CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if film:
        os.nice(NICENESS)


def die_with_parent() -> None:
    """A coder must not go on for nobody after its worker was killed."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
