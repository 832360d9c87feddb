"""The shelf of a practice world: rows of the database, the same for every process.

Spoken to over Django's own connection, so that an account opened inside a transaction is seen by
what follows in it, and goes with it when it is rolled back. From a worker each call takes a turn
in asgiref's thread: a practice world is not the hot path.

What an irreversible call leaves behind waits for the disk, as it would anywhere. All else that a network notes (who
asked when, what was offered and not yet taken) is written in its order and waits for nothing: whatever of ours comes
after it takes it along to the disk, so that only a last moment that nothing of ours followed can be lost.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from asgiref.sync import sync_to_async
from django.db import connection

from tesselle.simulation.shelf import MemoryShelf

Answer = TypeVar("Answer")

_waits: ContextVar[bool] = ContextVar("waits_for_the_disk", default=True)

_TOLD = """
WITH told AS (
  UPDATE sandbox_seededworld SET shelf_version = shelf_version + 1 WHERE workspace_id = %(workspace)s
    AND CASE WHEN %(later)s THEN set_config('synchronous_commit', 'off', true) IS NOT NULL ELSE true END
  RETURNING shelf_version)
"""
_VERSION = " RETURNING coalesce((SELECT shelf_version FROM told), 0)"
_INSERT = """
INSERT INTO sandbox_shelfitem (workspace_id, "table", key, value, "group")
VALUES (%(workspace)s, %(table)s, %(key)s, %(value)s::jsonb, %(group)s)
ON CONFLICT (workspace_id, "table", key)
"""
_PUT = f"{_TOLD}{_INSERT} DO UPDATE SET value = excluded.value{_VERSION}"
_ADD = f"{_TOLD}{_INSERT} DO NOTHING{_VERSION}"
_DROP = f"""{_TOLD}
DELETE FROM sandbox_shelfitem WHERE workspace_id = %(workspace)s AND "table" = %(table)s AND key = %(key)s
{_VERSION}"""  # noqa: S608 - constants of ours
_TABLE = """
SELECT key, value::text, "group" FROM sandbox_shelfitem
WHERE workspace_id = %s AND "table" = %s ORDER BY id
"""
_GET = """SELECT value::text FROM sandbox_shelfitem WHERE workspace_id = %s AND "table" = %s AND key = %s"""
_ALL = """SELECT value::text FROM sandbox_shelfitem WHERE workspace_id = %s AND "table" = %s ORDER BY id"""
_GROUP = """
SELECT value::text FROM sandbox_shelfitem
WHERE workspace_id = %s AND "table" = %s AND "group" = %s AND "group" <> '' ORDER BY id
"""
_NUMBER = """
INSERT INTO sandbox_shelfnumber AS n (workspace_id, name, value) VALUES (%s, %s, 1)
ON CONFLICT (workspace_id, name) DO UPDATE SET value = n.value + 1 RETURNING value
"""


@contextmanager
def waiting_for_the_disk(waits: bool) -> Iterator[None]:
    """Whether changes of a shelf made meanwhile, in this task and those it begins, do."""
    before = _waits.set(waits)
    try:
        yield
    finally:
        _waits.reset(before)


class PostgresShelf:
    """`Shelf` of one workspace. What two processes add at once is decided by the unique constraint.

    What was read is kept in memory for as long as nobody else changes the shelf: each change counts its
    version up, and whoever looked at the version says what to `trust`.
    """

    def __init__(self, workspace_id: int) -> None:
        self._workspace_id = workspace_id
        self._version: int | None = None
        self._kept = MemoryShelf()
        self._tables: set[str] = set()

    def trust(self, version: int | None) -> None:
        """The shelf stands at that version. None: nothing is to be kept (in a transaction, which may be
        undone)."""
        if version is None or version != self._version:
            self._kept, self._tables = MemoryShelf(), set()
        self._version = version

    async def put(self, table: str, key: str, value: Mapping[str, Any], group: str = "") -> None:
        version = await self._change(_PUT, table=table, key=key, value=json.dumps(value), group=group)
        if self._goes_on(version) and table in self._tables:
            await self._kept.put(table, key, json.loads(json.dumps(value)), group)

    async def add(self, table: str, key: str, value: Mapping[str, Any], group: str = "") -> bool:
        version = await self._change(_ADD, table=table, key=key, value=json.dumps(value), group=group)
        if self._goes_on(version) and table in self._tables:
            await self._kept.put(table, key, json.loads(json.dumps(value)), group)
        return version is not None

    async def drop(self, table: str, key: str) -> bool:
        version = await self._change(_DROP, table=table, key=key)
        if self._goes_on(version) and table in self._tables:
            await self._kept.drop(table, key)
        return version is not None

    async def get(self, table: str, key: str) -> dict[str, Any] | None:
        if (kept := await self._read(table)) is not None:
            return await kept.get(table, key)
        rows = await self._rows(_GET, table, key)
        return json.loads(rows[0][0]) if rows else None

    async def all(self, table: str, group: str | None = None) -> list[dict[str, Any]]:
        if (kept := await self._read(table)) is not None:
            return await kept.all(table, group)
        rows = await (self._rows(_ALL, table) if group is None else self._rows(_GROUP, table, group))
        return [json.loads(value) for (value,) in rows]

    async def number(self, name: str) -> int:
        rows = await self._rows(_NUMBER, name)
        return int(rows[0][0])

    def state(self, table: str) -> object | None:
        if self._version is None or table not in self._tables:
            return None
        return self._kept, self._kept.state(table)

    async def _read(self, table: str) -> MemoryShelf | None:
        """Where that table can be read without asking; None: it has to be asked."""
        version, kept, tables = self._version, self._kept, self._tables
        if version is None:
            return None
        if table not in tables:
            rows = await self._rows(_TABLE, table)
            if self._version != version or self._kept is not kept:
                return None
            for key, value, group in rows:
                await kept.put(table, key, json.loads(value), group)
            tables.add(table)
        return kept

    def _goes_on(self, version: int | None) -> bool:
        """Whether our own change is the only one since we looked; otherwise nothing is kept any more."""
        if self._version is None:
            return False
        if version != self._version + 1:
            self.trust(None)
            return False
        self._version = version
        return True

    async def _rows(self, statement: str, *values: str) -> Sequence[tuple[Any, ...]]:
        return await in_django(lambda: fetch(statement, self._workspace_id, *values))

    async def _change(self, statement: str, **values: str) -> int | None:
        """The version after it; None when nothing was changed."""
        waits = _waits.get()
        rows = await in_django(
            lambda: changed(statement, waits=waits, workspace=self._workspace_id, **values)
        )
        return int(rows[0][0]) if rows else None


def fetch(statement: str, *values: int | str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def changed(statement: str, *, waits: bool, **values: int | str) -> list[tuple[Any, ...]]:
    """Inside a transaction nothing is said of the disk: it may hold more than a shelf's rows."""
    later = not waits and not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute(statement, {**values, "later": later})
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
