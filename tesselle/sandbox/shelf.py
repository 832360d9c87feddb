"""The shelf of a practice world: rows of the database, the same for every process.

Spoken to over Django's own connection, so that an account opened inside a transaction is seen by
what follows in it, and goes with it when it is rolled back. From a worker each call takes a turn
in asgiref's thread: a practice world is not the hot path.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from asgiref.sync import sync_to_async
from django.db import connection

Answer = TypeVar("Answer")

_PUT = """
INSERT INTO sandbox_shelfitem (workspace_id, "table", key, value, "group") VALUES (%s, %s, %s, %s::jsonb, %s)
ON CONFLICT (workspace_id, "table", key) DO UPDATE SET value = excluded.value
"""
_ADD = """
INSERT INTO sandbox_shelfitem (workspace_id, "table", key, value, "group") VALUES (%s, %s, %s, %s::jsonb, %s)
ON CONFLICT (workspace_id, "table", key) DO NOTHING
"""
_GET = """SELECT value::text FROM sandbox_shelfitem WHERE workspace_id = %s AND "table" = %s AND key = %s"""
_ALL = """SELECT value::text FROM sandbox_shelfitem WHERE workspace_id = %s AND "table" = %s ORDER BY id"""
_GROUP = """
SELECT value::text FROM sandbox_shelfitem
WHERE workspace_id = %s AND "table" = %s AND "group" = %s AND "group" <> '' ORDER BY id
"""
_DROP = """DELETE FROM sandbox_shelfitem WHERE workspace_id = %s AND "table" = %s AND key = %s"""
_NUMBER = """
INSERT INTO sandbox_shelfnumber AS n (workspace_id, name, value) VALUES (%s, %s, 1)
ON CONFLICT (workspace_id, name) DO UPDATE SET value = n.value + 1 RETURNING value
"""


class PostgresShelf:
    """`Shelf` of one workspace. What two processes add at once is decided by the unique constraint."""

    def __init__(self, workspace_id: int) -> None:
        self._workspace_id = workspace_id

    async def put(self, table: str, key: str, value: Mapping[str, Any], group: str = "") -> None:
        await self._change(_PUT, table, key, json.dumps(value), group)

    async def add(self, table: str, key: str, value: Mapping[str, Any], group: str = "") -> bool:
        return await self._change(_ADD, table, key, json.dumps(value), group) == 1

    async def get(self, table: str, key: str) -> dict[str, Any] | None:
        rows = await self._rows(_GET, table, key)
        return json.loads(rows[0][0]) if rows else None

    async def all(self, table: str, group: str | None = None) -> list[dict[str, Any]]:
        rows = await (self._rows(_ALL, table) if group is None else self._rows(_GROUP, table, group))
        return [json.loads(value) for (value,) in rows]

    async def drop(self, table: str, key: str) -> bool:
        return await self._change(_DROP, table, key) == 1

    async def number(self, name: str) -> int:
        rows = await self._rows(_NUMBER, name)
        return int(rows[0][0])

    async def _rows(self, statement: str, *values: str) -> Sequence[tuple[Any, ...]]:
        return await in_django(lambda: fetch(statement, self._workspace_id, *values))

    async def _change(self, statement: str, *values: str) -> int:
        def run() -> int:
            with connection.cursor() as cursor:
                cursor.execute(statement, [self._workspace_id, *values])
                count: int = cursor.rowcount
                return count

        changed: int = await in_django(run)
        return changed


def fetch(statement: str, *values: int | str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


async def in_django(work: Callable[[], Answer]) -> Answer:
    """Run in the thread that holds Django's connection; one that broke is put away, so that the
    next call opens another."""

    def run() -> Answer:
        try:
            return work()
        except Exception:
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
            raise

    return await sync_to_async(run, thread_sensitive=True)()
