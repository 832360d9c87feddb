"""What a practice workspace lived through gets the times of its own clock.

The ledger and the journal write by the database's clock, which knows nothing of a past that was
lived through in seconds. Only times are changed here, and only of a practice workspace.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg

from tesselle.ledger.hot.dispatch import Database


@dataclass(frozen=True, slots=True)
class Stretch:
    """From the real instant `began`, the workspace's clock was ahead of the real one by `shift`."""

    began: datetime
    shift: timedelta


_STRETCHES = "unnest($2::timestamptz[], $3::timestamptz[], $4::interval[]) AS p(began, ended, shift)"

_REMEMBER = (
    # When a call began and had to end stays real: the ledger reckons with it, and knows the shift beside it.
    f"""UPDATE ledger_attempt a SET prepared_at = prepared_at + p.shift, ended_at = ended_at + p.shift
        FROM {_STRETCHES}, ledger_delivery d
        WHERE d.id = a.delivery_id AND d.workspace_id = $1
          AND a.prepared_at >= p.began AND a.prepared_at < p.ended""",  # noqa: S608 - our own words
    f"""UPDATE ledger_look l SET at = l.at + p.shift
        FROM {_STRETCHES}, ledger_attempt a, ledger_delivery d
        WHERE a.id = l.attempt_id AND d.id = a.delivery_id AND d.workspace_id = $1
          AND l.at >= p.began AND l.at < p.ended""",  # noqa: S608 - our own words
    f"""UPDATE journal_entry e SET at = e.at + p.shift
        FROM {_STRETCHES}, ledger_delivery d
        WHERE e.subject_kind = 'delivery' AND e.subject_id = d.id AND d.workspace_id = $1
          AND e.at >= p.began AND e.at < p.ended""",  # noqa: S608 - our own words
    *(
        f"""UPDATE ledger_delivery d SET {column} = {column} + p.shift
            FROM {_STRETCHES}
            WHERE d.workspace_id = $1 AND {column} >= p.began AND {column} < p.ended"""  # noqa: S608
        for column in ("claimed_at", "accepted_at", "changed_at")
    ),
)

_WAS_WRITTEN = """
SELECT EXISTS (SELECT 1 FROM ledger_delivery
               WHERE workspace_id = $1 AND changed_at >= $2 AND changed_at < $3)
"""


async def remember(db: Database, workspace_id: int, stretches: Sequence[Stretch], until: datetime) -> None:
    """Move what was written in each stretch to the time it was then in the workspace."""
    began = [stretch.began for stretch in stretches]
    ended = [*began[1:], until]
    async with db.acquire() as connection, connection.transaction():
        for statement in _REMEMBER:
            await connection.execute(
                statement, workspace_id, began, ended, [stretch.shift for stretch in stretches]
            )


async def remember_on(
    connection: asyncpg.pool.PoolConnectionProxy,
    workspace_id: int,
    since: datetime,
    until: datetime,
    shift: timedelta,
) -> None:
    """The same for one stretch that is just over, in the caller's transaction; keeps how far it went."""
    if shift and await connection.fetchval(_WAS_WRITTEN, workspace_id, since, until):
        for statement in _REMEMBER:
            await connection.execute(statement, workspace_id, [since], [until], [shift])
    await connection.execute(
        "UPDATE sandbox_seededworld SET remembered_until = $2 WHERE workspace_id = $1", workspace_id, until
    )
