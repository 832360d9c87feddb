"""Which transport a world speaks through. An unknown world raises, so that nothing simulated
reaches a real network and nothing real a simulated one."""

from collections.abc import Callable
from dataclasses import dataclass

from tesselle.connectors.http.exchange import Transport


@dataclass(frozen=True, slots=True)
class World:
    """`kind` is `real` or `practice`; `key` tells one practice world from another."""

    kind: str
    key: str = ""


_makers: dict[str, Callable[[World], Transport]] = {}


def register_world(kind: str, maker: Callable[[World], Transport]) -> None:
    _makers[kind] = maker


def transport_for(world: World) -> Transport:
    """The transport of a world; the maker decides what to share between calls.

    Raises:
        LookupError: no such kind of world was registered in this process.
    """
    try:
        maker = _makers[world.kind]
    except KeyError:
        raise LookupError(f"No transport is registered for the world {world.kind!r}.") from None
    return maker(world)
