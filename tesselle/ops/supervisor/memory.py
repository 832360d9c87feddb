"""What a process tree really costs: proportional set size, shared pages split among their users."""

from tesselle.ops.process_tree import branch, command_name, parents, pss_mb
from tesselle.ops.supervisor.children import NAME_PREFIX

DATABASE_PROGRAM = "postgres"


def tree_pss(pid: int) -> dict[str, float]:
    """PSS in MB (MiB) of the tree under a supervisor: `supervisor`, each child by name, and `total`.

    A child's own children count as the child.
    """
    known = parents()
    figures: dict[str, float] = {"supervisor": pss_mb(pid)}
    for child in (other for other, parent in known.items() if parent == pid):
        name = _name(child)
        figures[name] = figures.get(name, 0.0) + sum(pss_mb(member) for member in branch(child, known))
    figures["total"] = sum(figures.values())
    return {name: round(value, 1) for name, value in figures.items()}


def _name(pid: int) -> str:
    program = command_name(pid)
    return "database" if program == DATABASE_PROGRAM else program.removeprefix(NAME_PREFIX) or str(pid)
