"""When the database's clock is set back, what was put off by it would wait for the lost time again."""

from datetime import datetime

from tesselle.ledger.hot.dispatch import Database

_AFTER_A_STEP_BACK = """
UPDATE ledger_delivery d SET next_at = d.next_at - (d.changed_at - newest.at), changed_at = newest.at
FROM workspaces_workspace w, LATERAL (SELECT now() + greatest(w.clock_shift, '0') AS at) newest
WHERE w.id = d.workspace_id
  AND d.state IN ('queued', 'waiting', 'settling', 'processing', 'live') AND d.next_at IS NOT NULL
  AND d.changed_at > newest.at + interval '5 seconds'
"""
# Written "in the future": only a clock that was set back explains it. What is planned stays at its
# hour; what had become due stays due. A practice workspace's past is written by its own clock.

_LEASES = "UPDATE channels_channel SET renewing_until = NULL WHERE renewing_until > now() + interval '1 hour'"


async def now_of(db: Database) -> datetime:
    now: datetime = await db.fetchval("SELECT now()")
    return now


async def after_a_step_back(db: Database) -> int:
    """Rows that were put off before the step wait only for what was left; returns how many."""
    await db.execute(_LEASES)
    status: str = await db.execute(_AFTER_A_STEP_BACK)
    return int(status.rsplit(" ", 1)[-1])
