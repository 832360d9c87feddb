"""A clock that never jumps, beside the database's, which follows every correction of the machine's.

How long ago something was is asked of it wherever a wrong answer could make a second copy.
"""

import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Steady:
    """Seconds since this machine was started, suspension counted; `boot` names that start."""

    boot: str
    seconds: float


def boottime() -> float:
    """A clock that counts suspension of the machine and never jumps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


@cache
def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def steady_now() -> Steady:
    return Steady(_boot(), boottime())
