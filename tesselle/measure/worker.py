"""The measuring loop of a worker process, beside publishing."""

from tesselle.measure.boards.peer_reading import read_one_peer
from tesselle.measure.history import read_one
from tesselle.measure.reading import follow_new, read_due
from tesselle.publish.context import Context


async def measure_once(context: Context) -> float:
    """One round; returns how long to rest, in seconds."""
    if not context.standing.locked:
        return 0.5
    if await read_one(context):
        return 0.05
    if await read_one_peer(context.db):
        return 0.05
    await follow_new(context.db)
    return 0.1 if await read_due(context) else 2.0
