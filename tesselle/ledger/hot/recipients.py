"""A delivery whose every recipient has a step of their own.

Who gets it is written down once, when it leaves, in one statement: the steps themselves are the frozen
list. They hold no address, only the number that stands for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import asyncpg

from tesselle.domain.steps import StepKind
from tesselle.domain.verdicts import Remote
from tesselle.ledger.hot.dispatch import Database

MOST_PUT_OFF = 12
"""Whose own server said "later" so often is given up: with our back-off that is well over an hour."""

Standing = Literal["open", "accepted", "doubtful", "refused", "left"]

_FREEZE = """
INSERT INTO ledger_step (delivery_id, channel_id, position, kind, key, instant, recipient)
SELECT d.id, d.channel_id, row_number() OVER (ORDER BY s.id) - 1, $4,
       replace(gen_random_uuid()::text, '-', ''), $3, s.public_id::text
FROM ledger_delivery d
JOIN channels_channel c ON c.id = d.channel_id
JOIN audience_mailinglist l ON l.workspace_id = d.workspace_id AND l.key = c.remote_id
JOIN audience_subscriber s ON s.mailing_list_id = l.id AND s.state = 'confirmed'
WHERE d.id = $1 AND d.token = $2 AND d.state = 'sending'
  AND NOT EXISTS (SELECT 1 FROM ledger_step o WHERE o.delivery_id = d.id)
ON CONFLICT (delivery_id, position) DO NOTHING
"""


async def freeze(db: Database, delivery_id: int, token: UUID, instant: datetime) -> None:
    """Everybody who is on the channel's list now, in the order in which they came; does nothing to a
    delivery that has left already, or is no longer ours."""
    await db.execute(_FREEZE, delivery_id, token, instant, StepKind.RECIPIENT.value)


@dataclass(frozen=True, slots=True)
class Recipient:
    """One of them. `put_off`: how often their own server said "later"."""

    position: int
    number: str
    standing: Standing
    put_off: int
    remote: Remote | None


_PEOPLE = """
SELECT s.id, s.position, s.recipient, s.remote, p.state IS NOT DISTINCT FROM 'confirmed'
FROM ledger_step s LEFT JOIN audience_subscriber p ON p.public_id = s.recipient::uuid
WHERE s.delivery_id = $1 AND s.recipient <> '' ORDER BY s.position
"""
_TRIED = """
SELECT step_id, bool_or(state = 'ambiguous') AS doubtful, bool_or(verdict LIKE 'refused:%') AS refused,
       count(*) FILTER (WHERE verdict = 'put_off')::int AS put_off
FROM ledger_attempt WHERE delivery_id = $1 GROUP BY step_id
"""
_UNTRIED = (False, False, 0)


async def standing_of(db: Database, delivery_id: int) -> Sequence[Recipient]:
    """How it stands with each, in two statements however many they are. Put together here: of rows that
    were written a moment ago the database's planner knows nothing, and would join them one by one."""
    tried = {row[0]: (row[1], row[2], row[3]) for row in await db.fetch(_TRIED, delivery_id)}
    return [_recipient(row, *tried.get(row["id"], _UNTRIED)) for row in await db.fetch(_PEOPLE, delivery_id)]


def _recipient(row: asyncpg.Record, doubtful: bool, refused: bool, put_off: int) -> Recipient:
    _id, position, number, remote, is_there = row
    standing: Standing = "open" if is_there else "left"
    if remote is not None:
        standing = "accepted"
    elif doubtful:
        standing = "doubtful"
    elif refused or put_off >= MOST_PUT_OFF:
        standing = "refused"
    return Recipient(
        position, number, standing, put_off, None if remote is None else Remote.from_json(remote)
    )
