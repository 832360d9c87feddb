"""Which transport a world speaks through. An unknown world raises, so that nothing simulated
reaches a real network and nothing real a simulated one."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

from tesselle.connectors.http.exchange import Transport


@dataclass(frozen=True, slots=True)
class World:
    """`kind` is `real` or `practice`; `key` tells one practice world from another."""

    kind: str
    key: str = ""


Closer = Callable[[], Awaitable[None]]

_makers: dict[str, Callable[[World], Transport]] = {}
_closers: dict[str, Closer] = {}


def register_world(kind: str, maker: Callable[[World], Transport], closer: Closer | None = None) -> None:
    """`closer` lets go of what the running event loop's transport holds open."""
    _makers[kind] = maker
    if closer is not None:
        _closers[kind] = closer


@contextmanager
def other_worlds() -> Iterator[None]:
    """For tests: worlds registered inside are forgotten afterwards."""
    makers, closers = dict(_makers), dict(_closers)
    try:
        yield
    finally:
        _makers.clear()
        _makers.update(makers)
        _closers.clear()
        _closers.update(closers)


async def close_worlds() -> None:
    """At the end of an event loop's life."""
    for closer in _closers.values():
        await closer()


@asynccontextmanager
async def conversation(world: World) -> AsyncIterator[Transport]:
    """A transport for a few calls from an event loop that ends right after (a page's)."""
    try:
        yield transport_for(world)
    finally:
        if world.kind in _closers:
            await _closers[world.kind]()


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
