"""The pool the worker's statements run on."""

import json
from typing import Any

import asyncpg

DATABASE_GONE = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # a session that was ended while it worked may raise this
)
"""The database could not be told; the same statement may succeed later."""

APPLICATION = "tesselle worker"
"""How the database shows these sessions to whoever looks."""


async def _prepare(connection: asyncpg.Connection) -> None:
    for name in ("jsonb", "json"):
        await connection.set_type_codec(name, encoder=json.dumps, decoder=json.loads, schema="pg_catalog")


async def _as_it_was(_connection: asyncpg.Connection) -> None:
    """Our statements leave nothing behind in a session; asyncpg's own reset costs a round trip after
    each of them. What it does in any case, ending an open transaction, stays."""


async def open_pool(url: str, *, size: int = 12) -> asyncpg.Pool:
    """Lazy: two connections at rest, up to `size` under load."""
    return await asyncpg.create_pool(
        url,
        min_size=2,
        max_size=size,
        init=_prepare,
        reset=_as_it_was,
        max_inactive_connection_lifetime=60,
        server_settings={"application_name": APPLICATION},
    )


async def connect(url: str) -> asyncpg.Connection:
    """One connection of its own, for the worker's lock and for listening."""
    connection = await asyncpg.connect(url, server_settings={"application_name": APPLICATION})
    await _prepare(connection)
    return connection


Json = dict[str, Any]
