"""Named points where a test kills or stops this very process.

`TESSELLE_FAILPOINT=after_begin:KILL:3` raises SIGKILL the third time that point is reached. Read
once at start; unset, `reach` costs one comparison.
"""

import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(slots=True)
class Failpoint:
    name: str
    signal_number: int
    countdown: int


def read(values: Mapping[str, str]) -> Failpoint | None:
    text = values.get("TESSELLE_FAILPOINT", "")
    if not text:
        return None
    name, signal_name, count = text.split(":")
    return Failpoint(name, signal.Signals[f"SIG{signal_name}"].value, int(count))


_armed = read(os.environ)


def reach(name: str) -> None:
    if _armed is None or _armed.name != name:
        return
    _armed.countdown -= 1
    if _armed.countdown == 0:
        os.kill(os.getpid(), _armed.signal_number)
