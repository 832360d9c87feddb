"""Accounts of simulated networks, and what is put there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class SimAccount:
    """`secrets`: what signs in (token, password); `facts`: the network's own extras. `order`: the
    how-manieth account of a network with an audience, from 1."""

    id: str
    handle: str
    name: str
    secrets: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    followers: int = 0
    order: int = 0


@dataclass(frozen=True, slots=True)
class SimPost:
    """One thing somebody put there. `parent_id`: a comment or a later part of a thread.

    `visible_at` after `created_at`: accepted, but no read shows it before that instant.
    `draft`: kept, not public. `media`: one mapping a file, with at least `mime` and `alt`.
    `to`: who alone may read it beside its author, by their ids; nobody: everybody may.
    `record`: its place among what its account published, written down when it becomes public on a
    network with an audience: `channel` (the account's order), `number` (from 1), `earlier` (how many
    were published in the 24 hours before). `removed_at`: when it was taken down.
    """

    id: str
    account_id: str
    text: str
    created_at: datetime
    visible_at: datetime
    parent_id: str = ""
    title: str = ""
    draft: bool = False
    removed: bool = False
    media: tuple[Mapping[str, Any], ...] = ()
    figures: Mapping[str, int] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    record: Mapping[str, int] = field(default_factory=dict)
    to: tuple[str, ...] = ()
    removed_at: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        row = {name: getattr(self, name) for name in self.__slots__}
        row["created_at"] = self.created_at.isoformat()
        row["visible_at"] = self.visible_at.isoformat()
        row["media"] = [dict(item) for item in self.media]
        row["figures"] = dict(self.figures)
        row["data"] = dict(self.data)
        row["record"] = dict(self.record)
        row["to"] = list(self.to)
        row["removed_at"] = self.removed_at.isoformat() if self.removed_at else None
        return row

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> "SimPost":
        return cls(
            **{
                **row,
                "created_at": datetime.fromisoformat(row["created_at"]),
                "visible_at": datetime.fromisoformat(row["visible_at"]),
                "media": tuple(row["media"]),
                "to": tuple(row.get("to", ())),
                "removed_at": datetime.fromisoformat(gone) if (gone := row.get("removed_at")) else None,
            }
        )
