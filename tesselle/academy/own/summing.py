"""What a table of results says, by network. What a row lacks is left out of a sum, and the sum says of how many."""

from dataclasses import dataclass

from tesselle.academy.choosing.pages import number
from tesselle.academy.models import OwnResult, Path


@dataclass(frozen=True, slots=True)
class NetworkSum:
    """`figures`: the name of the column, its sum, and in how many rows it stands."""

    network: str
    posts: int
    figures: list[tuple[str, str, int]]


def summed(path: Path) -> list[NetworkSum]:
    by_network: dict[str, list[OwnResult]] = {}
    for row in path.own_results.all():
        by_network.setdefault(row.network, []).append(row)
    return [NetworkSum(network, len(rows), _figures(rows)) for network, rows in sorted(by_network.items())]


def _figures(rows: list[OwnResult]) -> list[tuple[str, str, int]]:
    names = dict.fromkeys(name for row in rows for name in row.figures)
    found = []
    for name in names:
        values = [row.figures[name] for row in rows if name in row.figures]
        found.append(
            (name, number(sum(values), 0 if all(one == int(one) for one in values) else 1), len(values))
        )
    return found
