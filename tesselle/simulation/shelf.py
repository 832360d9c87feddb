"""Where a simulated network keeps its things: JSON values under a table and a key, in order."""

from collections.abc import Mapping
from typing import Any, Protocol


class Shelf(Protocol):
    """A row may be filed under a `group` of its table, to be read without the rest."""

    async def put(self, table: str, key: str, value: Mapping[str, Any], group: str = "") -> None:
        """Keep or replace; a replaced thing keeps its place in the order, and its group."""
        ...

    async def add(self, table: str, key: str, value: Mapping[str, Any], group: str = "") -> bool:
        """Keep only if the key is new; False when it was there. Safe against a racing writer."""
        ...

    async def get(self, table: str, key: str) -> dict[str, Any] | None: ...

    async def all(self, table: str, group: str | None = None) -> list[dict[str, Any]]:
        """Everything in a table or in one group of it, oldest first."""
        ...

    async def drop(self, table: str, key: str) -> bool: ...

    async def number(self, name: str) -> int:
        """1, 2, 3 ... : a counter of that name."""
        ...

    def state(self, table: str) -> object | None:
        """The same twice: nothing in that table was changed between. None: it cannot be told without asking."""
        ...


class MemoryShelf:
    """For tests and for a sandbox served by its own process."""

    def __init__(self) -> None:
        self._tables: dict[str, dict[str, dict[str, Any]]] = {}
        self._groups: dict[tuple[str, str], dict[str, None]] = {}
        self._numbers: dict[str, int] = {}
        self._changes: dict[str, int] = {}

    def state(self, table: str) -> object | None:
        return self._changes.get(table, 0)

    async def put(self, table: str, key: str, value: Mapping[str, Any], group: str = "") -> None:
        rows = self._tables.setdefault(table, {})
        if group and key not in rows:
            self._groups.setdefault((table, group), {})[key] = None
        rows[key] = dict(value)
        self._changes[table] = self._changes.get(table, 0) + 1

    async def add(self, table: str, key: str, value: Mapping[str, Any], group: str = "") -> bool:
        if key in self._tables.setdefault(table, {}):
            return False
        await self.put(table, key, value, group)
        return True

    async def get(self, table: str, key: str) -> dict[str, Any] | None:
        value = self._tables.get(table, {}).get(key)
        return None if value is None else dict(value)

    async def all(self, table: str, group: str | None = None) -> list[dict[str, Any]]:
        rows = self._tables.get(table, {})
        if group is None:
            return [dict(value) for value in rows.values()]
        return [dict(rows[key]) for key in self._groups.get((table, group), {}) if key in rows]

    async def drop(self, table: str, key: str) -> bool:
        self._changes[table] = self._changes.get(table, 0) + 1
        return self._tables.get(table, {}).pop(key, None) is not None

    async def number(self, name: str) -> int:
        self._numbers[name] = self._numbers.get(name, 0) + 1
        return self._numbers[name]
