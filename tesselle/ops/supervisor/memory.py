"""What a process tree really costs: proportional set size, shared pages split among their users."""

import re
from pathlib import Path

from tesselle.ops.supervisor.children import NAME_PREFIX

KIB_PER_MB = 1024.0
DATABASE_PROGRAM = "postgres"

_PSS = re.compile(r"^Pss:\s+(\d+) kB$", re.MULTILINE)
_RSS = re.compile(r"^VmRSS:\s+(\d+) kB$", re.MULTILINE)


def tree_pss(pid: int) -> dict[str, float]:
    """PSS in MB (MiB) of the tree under a supervisor: `supervisor`, each child by name, and `total`.

    A child's own children count as the child. Where the system hides a process's PSS from us (a
    container's root without ptrace), its resident size stands in: too much rather than too little.
    """
    parents = _parents()
    figures: dict[str, float] = {"supervisor": _pss_mb(pid)}
    for child in (other for other, parent in parents.items() if parent == pid):
        name = _name(child)
        branch = [child, *_descendants(child, parents)]
        figures[name] = figures.get(name, 0.0) + sum(_pss_mb(member) for member in branch)
    figures["total"] = sum(figures.values())
    return {name: round(value, 1) for name, value in figures.items()}


def _parents() -> dict[int, int]:
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            # The name in brackets may hold spaces and brackets; the parent is the second field after it.
            after_name = _read(entry / "stat").rpartition(")")[2].split()
            if after_name:
                found[int(entry.name)] = int(after_name[1])
    return found


def _descendants(pid: int, parents: dict[int, int]) -> list[int]:
    children = [other for other, parent in parents.items() if parent == pid]
    return children + [deeper for child in children for deeper in _descendants(child, parents)]


def _name(pid: int) -> str:
    program = _read(Path(f"/proc/{pid}/comm")).strip()
    return "database" if program == DATABASE_PROGRAM else program.removeprefix(NAME_PREFIX) or str(pid)


def _pss_mb(pid: int) -> float:
    folder = Path(f"/proc/{pid}")
    found = _PSS.search(_read(folder / "smaps_rollup")) or _RSS.search(_read(folder / "status"))
    return int(found[1]) / KIB_PER_MB if found else 0.0


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        # It ended while we were counting, or it is not ours to look into.
        return ""
