"""The round that prepares films and renditions, beside publishing; one file at a time a worker."""

import asyncio
import time

from django.db import connection

from tesselle.library.making import LEASE_S, REST_S, make_one
from tesselle.library.tidying import tidy
from tesselle.publish.context import Context

TIDY_EVERY_S = 3600.0


class MediaRound:
    """Called again and again by the worker; says how long to rest."""

    def __init__(self) -> None:
        self._tidied_at = time.monotonic()

    async def __call__(self, context: Context) -> float:
        if not context.standing.locked:
            return 0.5
        lease_s = max(5.0, LEASE_S * context.timing.scale)
        if await make_one(context.db, context.files.store, lease_s=lease_s):
            return 0.0
        if time.monotonic() - self._tidied_at > TIDY_EVERY_S:
            self._tidied_at = time.monotonic()
            await asyncio.to_thread(_tidy)
        return REST_S


def _tidy() -> None:
    """In a thread, which must leave no session behind."""
    try:
        tidy()
    finally:
        connection.close()
