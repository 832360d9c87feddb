"""What the processes of this machine are to one another, and what they cost, as /proc tells it."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

KIB_PER_MB = 1024.0

_PSS = re.compile(r"^Pss:\s+(\d+) kB$", re.MULTILINE)
_RSS = re.compile(r"^VmRSS:\s+(\d+) kB$", re.MULTILINE)


def parents() -> dict[int, int]:
    """Every process, and who started it."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _fields(int(entry.name))):
            found[int(entry.name)] = int(fields[1])
    return found


def branch(pid: int, known: dict[int, int]) -> list[int]:
    """The process and all below it; `known` is what `parents` told."""
    return [
        pid,
        *(deeper for child, parent in known.items() if parent == pid for deeper in branch(child, known)),
    ]


def cpu_seconds(pids: Iterable[int]) -> float:
    """Processor time, user and system, of these processes and everything below them.

    Counts what already ended and was waited for too (`cutime`, `cstime`): a database's session that
    came and went is in its postmaster's account.
    """
    known = parents()
    members = {member for pid in pids for member in branch(pid, known)}
    # Fields 14 to 17 of proc(5): utime, stime, cutime, cstime, in ticks; the state is the third.
    ticks = sum(int(field) for pid in members for field in _fields(pid)[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def command_name(pid: int) -> str:
    return _read(Path(f"/proc/{pid}/comm")).strip()


def pss_mb(pid: int) -> float:
    """Proportional set size in MiB. Where the system hides it from us (a container's root without
    ptrace) the resident size stands in: too much rather than too little."""
    folder = Path(f"/proc/{pid}")
    found = _PSS.search(_read(folder / "smaps_rollup")) or _RSS.search(_read(folder / "status"))
    return int(found[1]) / KIB_PER_MB if found else 0.0


def _fields(pid: int) -> list[str]:
    """Those of /proc/PID/stat from the state on: the name before them may hold spaces and brackets."""
    return _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        # It ended while we were counting, or it is not ours to look into.
        return ""
