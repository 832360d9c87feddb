"""Where the clock has to stop: what is due, when the next thing is, and the move itself. Hand-written
statements, all bound to practice workspaces."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tesselle.ledger.hot.dispatch import CALLS_AHEAD, UNITS, UNITS_OF_ATTEMPT, Database, counted_in_units
from tesselle.networks import cards
from tesselle.sandbox.remembering import remember_on

FIGURES_EVERY = timedelta(hours=3)
"""On the way, figures that fall due are read together, at most so late."""

LEASE = "15 seconds"

_TAKE = f"""
UPDATE sandbox_clockrun r SET token = gen_random_uuid(), leased_until = now() + interval '{LEASE}'
FROM workspaces_workspace w
WHERE w.id = r.workspace_id AND r.state = 'going' AND r.id IN (
  SELECT id FROM sandbox_clockrun WHERE state = 'going' AND (leased_until IS NULL OR leased_until < now())
  ORDER BY id FOR UPDATE SKIP LOCKED)
  AND w.world_kind = 'practice' AND w.deleted_at IS NULL
RETURNING r.id, r.token, r.workspace_id, r.until, r.began_at, r.speed, r.read_at
"""  # noqa: S608 - a constant of ours


@dataclass(slots=True)
class Run:
    id: int
    token: UUID
    workspace_id: int
    until: datetime
    began_at: datetime
    speed: float | None
    read_at: datetime | None


async def take(db: Database) -> list[Run]:
    """Every run that nobody carries just now."""
    return [Run(*row) for row in await db.fetch(_TAKE)]


async def let_go(db: Database, run: Run) -> None:
    await db.execute(
        "UPDATE sandbox_clockrun SET token = NULL, leased_until = NULL WHERE id = $1 AND token = $2",
        run.id,
        run.token,
    )


@dataclass(frozen=True, slots=True)
class Situation:
    """`now`: the workspace's. `is_quiet`: all that is due is done. `still_s`: since the clock was moved.
    `event`: the next thing that publishing does; `reading`: the next that is only looked at; `renewal`:
    the next of a sign-in. `is_new`: a post is out
    whose figures nobody follows yet. `allowed`: as far as the speed lets the clock be."""

    now: datetime
    is_quiet: bool
    still_s: float
    event: datetime | None
    reading: datetime | None
    renewal: datetime | None
    is_new: bool
    allowed: datetime


# What waits for a person or for real time is no work that is due: a blocked row, one on a paused
# channel, one behind a doubtful twin. Nor is what a network's allowance makes wait; that has its hour.
# A call that a lost worker may still be making has its deadline in real time. What went back into the queue
# while this statement began lies a moment ahead of its `now`: an event as any other, or it would be jumped over.
_LOOK = f"""
WITH here AS (
  SELECT w.id, now() + w.clock_shift AS now, r.began_at, r.until, r.speed, r.started_at, r.moved_at
  FROM sandbox_clockrun r JOIN workspaces_workspace w ON w.id = r.workspace_id
  WHERE r.id = $1 AND r.token = $2 AND r.state = 'going' AND w.world_kind = 'practice'
    AND w.deleted_at IS NULL),
kept AS (
  UPDATE sandbox_clockrun SET leased_until = now() + interval '{LEASE}'
  WHERE id = $1 AND token = $2 AND leased_until < now() + interval '10 seconds'),
budget AS (SELECT * FROM unnest($3::text[], $4::int[], $5::float8[], $6::boolean[])
           AS b(network, calls, seconds, of_app)),
{UNITS.format("$7", "$8", "$9")},
rows AS (
  SELECT d.state, d.next_at, d.token, here.now,
    d.state = 'settling' AND EXISTS (
      SELECT 1 FROM ledger_attempt a WHERE a.delivery_id = d.id AND a.state = 'ambiguous'
      AND a.verdict = 'worker_lost' AND a.deadline_at > now() AND a.shift_deadline IS NOT NULL) AS under_way,
    allowance.at AS allowed_at,
    d.state = 'queued' AND d.next_at <= here.now AND c.paused_at IS NULL AND c.blocked_reason = ''
      AND coalesce(allowance.at <= here.now, true)
      AND c.removed_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM ledger_delivery t WHERE t.channel_id = d.channel_id AND t.state = 'settling'
        AND t.fingerprint = d.fingerprint AND t.id <> d.id) AS claimable
  FROM here JOIN ledger_delivery d ON d.workspace_id = here.id JOIN channels_channel c ON c.id = d.channel_id
  LEFT JOIN LATERAL (
    SELECT max(freed.at) AS at FROM budget b CROSS JOIN LATERAL ({CALLS_AHEAD}) ahead CROSS JOIN LATERAL (
      SELECT spent.at FROM (
      SELECT a.started_at, a.started_at + coalesce(a.shift_started, '0') + make_interval(secs => b.seconds) AS at,
        sum({UNITS_OF_ATTEMPT}) OVER (ORDER BY a.started_at DESC ROWS UNBOUNDED PRECEDING) AS calls
      FROM channels_channel o JOIN ledger_attempt a ON a.channel_id = o.id
      WHERE o.workspace_id = here.id AND a.started_at < now() + interval '5 seconds'
        AND a.started_at > now() - make_interval(secs => b.seconds)
        AND (o.id = c.id OR (b.of_app AND o.network = c.network AND o.app = c.app AND c.app <> ''))
      ) spent WHERE spent.calls > b.calls - least(ahead.calls, b.calls)
      ORDER BY spent.started_at DESC LIMIT 1) freed
    WHERE b.network = c.network) allowance ON d.state = 'queued' AND d.next_at <= here.now
  WHERE d.state = 'sending' OR d.next_at IS NOT NULL)
SELECT now,
  NOT EXISTS (SELECT 1 FROM rows WHERE state = 'sending' OR claimable
    OR (state IN ('processing', 'settling') AND token IS NOT NULL) OR under_way
    OR (state IN ('planned', 'waiting', 'processing', 'settling') AND next_at <= now)),
  extract(epoch FROM now() - moved_at)::float8,
  least(
    (SELECT min(next_at) FROM rows
     WHERE state IN ('planned', 'queued', 'waiting', 'processing', 'settling') AND next_at > here.now),
    (SELECT min(allowed_at) FROM rows WHERE allowed_at > here.now)),
  least(
    (SELECT min(next_at) FROM rows WHERE state = 'live'),
    (SELECT min(s.next_at) FROM channels_channel c JOIN measure_series s ON s.channel_id = c.id
     WHERE c.workspace_id = here.id AND c.removed_at IS NULL AND c.blocked_reason = '')),
  (SELECT min(c.renew_at) FROM channels_channel c
   WHERE c.workspace_id = here.id AND c.removed_at IS NULL AND c.blocked_reason = ''),
  EXISTS (SELECT 1 FROM ledger_delivery d WHERE d.workspace_id = here.id AND d.state = 'live'
          AND d.purpose = 'post' AND d.remote IS NOT NULL AND d.live_at IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM measure_series s WHERE s.delivery_id = d.id)),
  CASE WHEN speed IS NULL THEN until
       ELSE least(until, began_at + make_interval(secs => speed * extract(epoch FROM now() - started_at)))
  END
FROM here
"""  # noqa: S608 - a constant of ours


async def look(db: Database, run: Run) -> Situation | None:
    """None: it was stopped, or somebody else carries it."""
    flat = [(one.slug, budget) for one in cards() for budget in one.budgets]
    row = await db.fetchrow(
        _LOOK,
        run.id,
        run.token,
        [slug for slug, _ in flat],
        [budget.calls for _, budget in flat],
        [float(budget.seconds) for _, budget in flat],
        [budget.scope == "app" for _, budget in flat],
        *counted_in_units(flat),
    )
    return None if row is None else Situation(*row)


_HOLD = """
SELECT w.clock_shift, s.remembered_until, now() AS now,
  w.clock_shift <> interval '0' AND EXISTS (
    SELECT 1 FROM ledger_delivery d WHERE d.workspace_id = w.id
    AND d.changed_at >= s.remembered_until AND d.changed_at < now()) AS was_written
FROM sandbox_clockrun r JOIN workspaces_workspace w ON w.id = r.workspace_id
JOIN sandbox_seededworld s ON s.workspace_id = w.id
WHERE r.id = $1 AND r.token = $2 AND r.state = 'going' AND w.world_kind = 'practice'
FOR UPDATE OF r, w, s
"""
_MOVE = """
WITH clock AS (
  UPDATE workspaces_workspace SET clock_shift = greatest(clock_shift, $2::timestamptz - now())
  WHERE id = $1 AND world_kind = 'practice'),
world AS (UPDATE sandbox_seededworld SET remembered_until = now() WHERE workspace_id = $1)
UPDATE sandbox_clockrun SET reached = $2, read_at = $4, moved_at = now() WHERE id = $3
"""


async def move(db: Database, run: Run, instant: datetime, *, wakes: bool) -> bool:
    """Set the clock on, and give what was written until now the times it had then, in one transaction.
    `wakes`: publishing has something to do there. False: not ours any more."""
    async with db.acquire() as connection, connection.transaction():
        held = await connection.fetchrow(_HOLD, run.id, run.token)
        if held is None:
            return False
        if held["was_written"]:
            await remember_on(
                connection, run.workspace_id, held["remembered_until"], held["now"], held["clock_shift"]
            )
        await connection.execute(_MOVE, run.workspace_id, instant, run.id, run.read_at)
        if wakes:
            await connection.execute("NOTIFY tesselle_due")
    return True


async def end(db: Database, run: Run, state: str, reached: datetime) -> None:
    await db.execute(
        """UPDATE sandbox_clockrun SET state = $3, reached = $4, ended_at = now(), token = NULL, leased_until = NULL
           WHERE id = $1 AND token = $2 AND state = 'going'""",
        run.id,
        run.token,
        state,
        reached,
    )
    await tell(db, run)


async def tell(db: Database, run: Run) -> None:
    """The pages that show the clock read it again."""
    await db.execute("SELECT pg_notify('tesselle_changes', $1)", f"{run.workspace_id} clock {run.id}")


_UNREMEMBERED = """
SELECT w.id FROM workspaces_workspace w JOIN sandbox_seededworld s ON s.workspace_id = w.id
WHERE w.world_kind = 'practice' AND w.clock_shift <> interval '0'
  AND NOT EXISTS (SELECT 1 FROM sandbox_clockrun r WHERE r.workspace_id = w.id AND r.state = 'going')
  AND EXISTS (SELECT 1 FROM ledger_delivery d WHERE d.workspace_id = w.id
              AND d.changed_at >= s.remembered_until AND d.changed_at < now())
  AND NOT EXISTS (SELECT 1 FROM ledger_delivery d WHERE d.workspace_id = w.id AND d.state = 'sending')
"""
_HOLD_WORLD = """
SELECT w.clock_shift, s.remembered_until, now() AS now
FROM workspaces_workspace w JOIN sandbox_seededworld s ON s.workspace_id = w.id
WHERE w.id = $1 AND w.world_kind = 'practice' FOR UPDATE OF s
"""


async def remember_recent(db: Database) -> None:
    """Clocks that stand apart from the real one, at their usual pace: what happened there since."""
    for row in await db.fetch(_UNREMEMBERED):
        async with db.acquire() as connection, connection.transaction():
            held = await connection.fetchrow(_HOLD_WORLD, row["id"])
            if held is not None:
                await remember_on(
                    connection, row["id"], held["remembered_until"], held["now"], held["clock_shift"]
                )
