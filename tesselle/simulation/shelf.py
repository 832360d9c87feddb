"""Where a simulated network keeps its things: JSON values under a table and a key, in order."""

from collections.abc import Mapping
from typing import Any, Protocol


class Shelf(Protocol):
    async def put(self, table: str, key: str, value: Mapping[str, Any]) -> None:
        """Keep or replace; a replaced thing keeps its place in the order."""
        ...

    async def add(self, table: str, key: str, value: Mapping[str, Any]) -> bool:
        """Keep only if the key is new; False when it was there. Safe against a racing writer."""
        ...

    async def get(self, table: str, key: str) -> dict[str, Any] | None: ...

    async def all(self, table: str) -> list[dict[str, Any]]:
        """Everything in a table, oldest first."""
        ...

    async def drop(self, table: str, key: str) -> bool: ...

    async def number(self, name: str) -> int:
        """1, 2, 3 ... : a counter of that name."""
        ...


class MemoryShelf:
    """For tests and for a sandbox served by its own process."""

    def __init__(self) -> None:
        self._tables: dict[str, dict[str, dict[str, Any]]] = {}
        self._numbers: dict[str, int] = {}

    async def put(self, table: str, key: str, value: Mapping[str, Any]) -> None:
        self._tables.setdefault(table, {})[key] = dict(value)

    async def add(self, table: str, key: str, value: Mapping[str, Any]) -> bool:
        rows = self._tables.setdefault(table, {})
        if key in rows:
            return False
        rows[key] = dict(value)
        return True

    async def get(self, table: str, key: str) -> dict[str, Any] | None:
        value = self._tables.get(table, {}).get(key)
        return None if value is None else dict(value)

    async def all(self, table: str) -> list[dict[str, Any]]:
        return [dict(value) for value in self._tables.get(table, {}).values()]

    async def drop(self, table: str, key: str) -> bool:
        return self._tables.get(table, {}).pop(key, None) is not None

    async def number(self, name: str) -> int:
        self._numbers[name] = self._numbers.get(name, 0) + 1
        return self._numbers[name]
