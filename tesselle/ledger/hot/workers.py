"""Who is alive: locks, counters, and taking over from the dead.

A worker holds a session advisory lock on its id and moves a counter on that very session. It is
dead when its lock is free and its counter has not moved for a while of the *observer's* own
monotonic clock; no wall clock is asked, so a jump of one kills nobody.
"""

from dataclasses import dataclass
from uuid import UUID

import asyncpg

from tesselle.ledger.hot.dispatch import Database

LOCK_CLASS = 0x7E55
"""First half of the two-part advisory lock key; the second half is the worker's id."""


@dataclass(frozen=True, slots=True)
class SeenWorker:
    id: int
    counter: int
    backend_pid: int
    locked: bool
    overdue_s: float  # how far its oldest call in hand is past its deadline; negative: not yet.
    # Without a call in hand: for how long it has held a delivery.


async def register(session: asyncpg.Connection, *, host: str, pid: int) -> int:
    """A new worker on this session, which from now on holds its lock. Returns its id."""
    worker_id: int = await session.fetchval(
        "INSERT INTO ledger_worker (host, pid, backend_pid) VALUES ($1, $2, pg_backend_pid()) RETURNING id",
        host,
        pid,
    )
    await session.execute("SELECT pg_advisory_lock($1, $2)", LOCK_CLASS, worker_id)
    return worker_id


async def beat(session: asyncpg.Connection, worker_id: int) -> None:
    await session.execute(
        "UPDATE ledger_worker SET counter = counter + 1, seen_at = now() WHERE id = $1", worker_id
    )


_SEEN = """
SELECT w.id, w.counter, w.backend_pid,
  EXISTS (SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.classid = $1::int::oid
          AND l.objid = w.id::int::oid AND l.objsubid = 2 AND l.granted
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS locked,
  coalesce((SELECT extract(epoch FROM now() - min(a.deadline_at)) FROM ledger_attempt a
            WHERE a.worker_id = w.id AND a.state = 'sending'),
           (SELECT extract(epoch FROM now() - min(d.claimed_at)) FROM ledger_delivery d
            WHERE d.worker_id = w.id AND d.state = 'sending'), -1e9)::float8 AS overdue_s
FROM ledger_worker w WHERE w.ended_at IS NULL
"""


async def seen(db: Database) -> list[SeenWorker]:
    return [SeenWorker(*row) for row in await db.fetch(_SEEN, LOCK_CLASS)]


async def end_session(db: Database, backend_pid: int) -> None:
    """End the database session of a worker that stands still with its lock held."""
    await db.execute("SELECT pg_terminate_backend($1)", backend_pid)


_TAKE_OVER = (
    # The deliveries first: whoever is just beginning an attempt at one of them is then done or too late.
    """SELECT id FROM ledger_delivery WHERE worker_id = $1 AND state = 'sending' ORDER BY id FOR UPDATE""",
    # What it was sending could have been accepted; what it only prepared was not.
    """UPDATE ledger_attempt SET state = 'ambiguous', ended_at = now(), verdict = 'worker_lost'
       WHERE worker_id = $1 AND state = 'sending'""",
    """UPDATE ledger_attempt SET state = 'unsent', ended_at = now(), verdict = 'worker_lost'
       WHERE worker_id = $1 AND state = 'prepared'""",
    """UPDATE ledger_delivery d SET token = NULL, worker_id = NULL, changed_at = now(),
         state = CASE WHEN doubt.held THEN 'settling' ELSE 'queued' END,
         next_at = (SELECT now() + w.clock_shift FROM workspaces_workspace w WHERE w.id = d.workspace_id)
       FROM (SELECT d.id, EXISTS (SELECT 1 FROM ledger_attempt a WHERE a.delivery_id = d.id
                                  AND a.state = 'ambiguous') AS held
             FROM ledger_delivery d WHERE d.worker_id = $1 AND d.state = 'sending') doubt
       WHERE d.id = doubt.id AND d.worker_id = $1 AND d.state = 'sending'""",
    "UPDATE ledger_worker SET ended_at = now() WHERE id = $1",
)


async def take_over(db: Database, worker_id: int) -> bool:
    """Settle what a dead worker held, in one transaction. False: another observer was first."""
    async with db.acquire() as connection, connection.transaction():
        alive = await connection.fetchval(
            "SELECT 1 FROM ledger_worker WHERE id = $1 AND ended_at IS NULL FOR UPDATE SKIP LOCKED", worker_id
        )
        if alive is None:
            return False
        for statement in _TAKE_OVER:
            await connection.execute(statement, worker_id)
    return True


async def sign_off(session: asyncpg.Connection, worker_id: int) -> None:
    """A clean stop. What was in hand all the same (a call broken off, a claim whose answer came too
    late) is settled here: nobody looks after a worker that has ended."""
    async with session.transaction():
        for statement in _TAKE_OVER:
            await session.execute(statement, worker_id)
    await session.execute("SELECT pg_advisory_unlock($1, $2)", LOCK_CLASS, worker_id)


_LET_GO = (
    "SELECT id FROM ledger_delivery WHERE id = $1 FOR UPDATE",  # as in `_TAKE_OVER`
    """UPDATE ledger_attempt SET state = 'ambiguous', ended_at = now(), verdict = $3
       WHERE delivery_id = $1 AND token = $2 AND state = 'sending'""",
    """UPDATE ledger_attempt SET state = 'unsent', ended_at = now(), verdict = $3
       WHERE delivery_id = $1 AND token = $2 AND state = 'prepared'""",
    """UPDATE ledger_delivery d SET token = NULL, worker_id = NULL, changed_at = now(), retries = retries + 1,
         state = CASE WHEN EXISTS (SELECT 1 FROM ledger_attempt a WHERE a.delivery_id = d.id
                                   AND a.state = 'ambiguous') THEN 'settling' ELSE $3::text END,
         next_at = (SELECT now() + w.clock_shift FROM workspaces_workspace w WHERE w.id = d.workspace_id)
                   + make_interval(secs => $4)
       WHERE d.id = $1 AND d.token = $2 AND d.state = 'sending'""",
)


async def let_go(
    db: Database, delivery_id: int, token: UUID, *, to: str, verdict: str, next_in_s: float
) -> None:
    """Hand back one delivery: to `queued` or `waiting` if nothing can have left, else to settling.

    Does nothing where the token is no longer ours.
    """
    async with db.acquire() as connection, connection.transaction():
        lock, *attempts, delivery = _LET_GO
        await connection.execute(lock, delivery_id)
        for statement in attempts:
            await connection.execute(statement, delivery_id, token, verdict)
        await connection.execute(delivery, delivery_id, token, to, next_in_s)


_ORPHANS = """
SELECT id, token FROM ledger_delivery
WHERE worker_id = $1 AND state = 'sending' AND claimed_at < now() - make_interval(secs => $2)
"""


async def claimed_long_ago(db: Database, worker_id: int, seconds: float) -> list[tuple[int, UUID]]:
    """What stands in this worker's name for a while already: delivery and token."""
    return [(row[0], row[1]) for row in await db.fetch(_ORPHANS, worker_id, seconds)]
