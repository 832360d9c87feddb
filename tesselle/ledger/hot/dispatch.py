"""What is due becomes queued; what is queued is claimed, one delivery at a time per channel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg

from tesselle.connectors.card import Budget

Database: TypeAlias = asyncpg.Pool


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery in this worker's hands. `token` must still be there for every further write."""

    delivery_id: int
    workspace_id: int
    world_kind: str
    channel_id: int
    channel_version: int
    network: str
    purpose: str
    token: UUID
    body: Mapping[str, Any]
    target: Any  # one thing, or one for each step: see `Delivery.target`
    due_at: datetime
    fresh_until: datetime
    retries: int
    now: datetime  # the workspace's, when claimed
    worker_id: int  # as whom; who has another identity since then may not send it


_QUEUE_DUE = """
UPDATE ledger_delivery d SET state = x.state, reason = x.reason, next_at = x.next_at, changed_at = now()
FROM (
  SELECT d.id,
    CASE WHEN d.due_at + make_interval(mins => c.fresh_minutes) < w_now.now THEN 'missed'
         WHEN c.paused_at IS NOT NULL OR c.blocked_reason <> '' OR c.removed_at IS NOT NULL
           OR (c.needs_approval AND d.purpose = 'post' AND v.approved_at IS NULL) THEN 'blocked'
         ELSE 'queued' END AS state,
    CASE WHEN d.due_at + make_interval(mins => c.fresh_minutes) < w_now.now THEN 'late'
         WHEN c.paused_at IS NOT NULL THEN 'pause'
         WHEN c.removed_at IS NOT NULL THEN 'sign_in'
         WHEN c.blocked_reason <> '' THEN c.blocked_reason
         WHEN c.needs_approval AND d.purpose = 'post' AND v.approved_at IS NULL THEN 'approval'
         ELSE '' END AS reason,
    CASE WHEN d.due_at + make_interval(mins => c.fresh_minutes) < w_now.now THEN NULL
         ELSE d.due_at END AS next_at
  FROM workspaces_workspace w
  CROSS JOIN LATERAL (SELECT now() + w.clock_shift AS now) w_now
  JOIN ledger_delivery d ON d.workspace_id = w.id AND d.next_at <= w_now.now
  JOIN channels_channel c ON c.id = d.channel_id
  LEFT JOIN compose_variant v ON v.id = d.variant_id
  WHERE d.state = 'planned'
  ORDER BY d.next_at LIMIT $1
  FOR UPDATE OF d SKIP LOCKED
) x
WHERE d.id = x.id AND d.state = 'planned'
  AND NOT (SELECT held FROM ledger_installation WHERE id = 1)
"""


async def queue_due(db: Database, limit: int = 2000) -> int:
    """`planned` rows whose instant has come become queued, blocked or missed; returns how many."""
    return _count(await db.execute(_QUEUE_DUE, limit))


_WAKE = """
UPDATE ledger_delivery d SET state = x.state, reason = x.reason, next_at = x.next_at, changed_at = now()
FROM (
  SELECT d.id, late.late,
    CASE WHEN late.late THEN 'missed' ELSE 'queued' END AS state,
    CASE WHEN late.late THEN 'late' ELSE '' END AS reason,
    CASE WHEN late.late THEN NULL ELSE w_now.now END AS next_at
  FROM workspaces_workspace w
  CROSS JOIN LATERAL (SELECT now() + w.clock_shift AS now) w_now
  JOIN ledger_delivery d ON d.workspace_id = w.id
  JOIN channels_channel c ON c.id = d.channel_id
  LEFT JOIN compose_variant v ON v.id = d.variant_id
  CROSS JOIN LATERAL (
    SELECT d.due_at + make_interval(mins => c.fresh_minutes) < w_now.now
       AND NOT EXISTS (SELECT 1 FROM ledger_step s WHERE s.delivery_id = d.id AND s.remote IS NOT NULL)
       AS late) late
  WHERE d.state IN ('waiting', 'queued', 'blocked') AND (
     (d.state = 'waiting' AND d.next_at <= w_now.now)
     OR (d.state = 'queued' AND late.late AND d.next_at IS NOT NULL)
     OR (d.state = 'blocked' AND (late.late OR (
           c.paused_at IS NULL AND c.blocked_reason = '' AND c.removed_at IS NULL
           AND (NOT c.needs_approval OR d.purpose <> 'post' OR v.approved_at IS NOT NULL)))))
  LIMIT $1
  FOR UPDATE OF d SKIP LOCKED
) x
WHERE d.id = x.id AND d.state IN ('waiting', 'queued', 'blocked')
  AND NOT (SELECT held FROM ledger_installation WHERE id = 1)
"""


async def wake(db: Database, limit: int = 500) -> int:
    """Waiting rows whose instant has come, and blocked rows whose cause is gone, go back into the
    queue; what is past its freshness and has no part out becomes missed."""
    return _count(await db.execute(_WAKE, limit))


# What a call takes where the network counts units: nothing is looked up where it counts calls.
UNITS = "units AS (SELECT * FROM unnest({}::text[], {}::text[], {}::int[]) AS u(network, kind, units))"
_OF_STEP = "coalesce((SELECT u.units FROM units u WHERE u.network = c.network AND u.kind = s.kind), 1)"
UNITS_OF_ATTEMPT = """coalesce((SELECT u.units FROM units u JOIN ledger_step s ON s.kind = u.kind
          WHERE u.network = c.network AND s.id = a.step_id), 1)"""

# What a delivery still takes, of channel `c`: as much as it was planned with, less what is done of it.
CALLS_AHEAD = f"""
    SELECT CASE WHEN d.calls > 1 THEN greatest(d.calls - (
      SELECT coalesce(sum({_OF_STEP}), 0) FROM ledger_step s
      WHERE s.delivery_id = d.id AND s.remote IS NOT NULL), 1)
    ELSE coalesce((SELECT u.units FROM units u WHERE u.network = c.network AND u.kind = d.purpose), 1) END AS calls
"""  # noqa: S608 - constants of ours

# What takes more than a network allows at all goes as soon as nothing else stands in its way.
_CLAIM = f"""
WITH lanes AS (SELECT * FROM unnest($1::text[], $2::int[]) AS l(network, free)),
budget AS (SELECT * FROM unnest($3::text[], $4::int[], $5::float8[], $9::boolean[])
           AS b(network, calls, seconds, of_app)),
{UNITS.format("$10", "$11", "$12")},
ready AS (
  SELECT d.id, d.due_at, d.content, ahead.calls, c.id AS channel_id, c.version, c.network,
         c.fresh_minutes, w.world_kind, w_now.now, c.app, own.world, app.room, app.most,
         coalesce(given.times, 0) AS times
  FROM channels_channel c
  JOIN workspaces_workspace w ON w.id = c.workspace_id
  CROSS JOIN LATERAL (SELECT now() + w.clock_shift AS now) w_now
  CROSS JOIN LATERAL (SELECT CASE w.world_kind WHEN 'practice' THEN w.id ELSE 0 END AS world) own
  LEFT JOIN ledger_allowance given ON (given.network, given.app, given.world) = (c.network, c.app, own.world)
  CROSS JOIN LATERAL (
    SELECT d.id, d.due_at, d.calls, d.purpose, coalesce(d.body, v.body, '{{}}') AS content
    FROM ledger_delivery d
    LEFT JOIN compose_variant v ON v.id = d.variant_id
      WHERE d.channel_id = c.id AND d.state = 'queued' AND d.next_at <= w_now.now
      AND (NOT c.needs_approval OR d.purpose <> 'post' OR v.approved_at IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM ledger_delivery s WHERE s.channel_id = d.channel_id
                      AND s.state = 'settling' AND s.fingerprint = d.fingerprint AND s.id <> d.id)
    ORDER BY d.due_at, d.id LIMIT 1) d
  CROSS JOIN LATERAL ({CALLS_AHEAD}) ahead
  -- Shared by all channels of one application; a practice world has one of its own. Who sends counts at once.
  CROSS JOIN LATERAL (
    SELECT min(b.calls - used.calls) AS room, min(b.calls) AS most FROM budget b CROSS JOIN LATERAL (
      SELECT coalesce(sum(spent.calls), 0) AS calls FROM channels_channel o
      JOIN workspaces_workspace ow ON ow.id = o.workspace_id AND ow.world_kind = w.world_kind
      JOIN LATERAL (
        SELECT {UNITS_OF_ATTEMPT} AS calls FROM ledger_attempt a
        WHERE a.channel_id = o.id AND a.started_at > now() - make_interval(secs => b.seconds)
          AND a.started_at < now() + interval '5 seconds'
          AND a.started_at + coalesce(a.shift_started, '0') > w_now.now - make_interval(secs => b.seconds)
        UNION ALL
        SELECT ahead.calls FROM ledger_delivery d CROSS JOIN LATERAL ({CALLS_AHEAD}) ahead
        WHERE d.channel_id = o.id AND d.state = 'sending') spent ON true
      WHERE o.network = c.network AND o.app = c.app AND (w.world_kind <> 'practice' OR ow.id = w.id)) used
    WHERE b.of_app AND b.network = c.network AND c.app <> '') app
  WHERE c.network = ANY($1::text[]) AND ($8::bigint[] IS NULL OR c.id = ANY($8))
    AND c.paused_at IS NULL AND c.blocked_reason = '' AND c.removed_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM ledger_delivery b WHERE b.channel_id = c.id AND b.state = 'sending')
    AND NOT EXISTS (SELECT 1 FROM budget b WHERE b.network = c.network
          AND NOT (b.of_app AND c.app <> '') AND b.calls - least(ahead.calls, b.calls) < (
          SELECT coalesce(sum({UNITS_OF_ATTEMPT}), 0) FROM ledger_attempt a
          WHERE a.channel_id = c.id AND a.started_at > now() - make_interval(secs => b.seconds)
            AND a.started_at < now() + interval '5 seconds'
            -- A practice workspace's clock only moves on: its hour holds no more than a real one.
            AND a.started_at + coalesce(a.shift_started, '0') > w_now.now - make_interval(secs => b.seconds)))
    AND coalesce(app.room, 1) > 0
), counted AS (
  SELECT ready.*, sum(least(calls, most)) OVER (PARTITION BY network, world, app ORDER BY due_at, id) AS wanted
  FROM ready
), placed AS (
  SELECT counted.*, row_number() OVER line AS place, count(*) OVER (PARTITION BY network) AS crowd
  FROM counted WHERE coalesce(wanted <= room, true)
  WINDOW line AS (PARTITION BY network ORDER BY due_at, id)
), pick AS (
  SELECT placed.* FROM placed JOIN lanes USING (network) JOIN ledger_delivery d ON d.id = placed.id
  WHERE place <= least(lanes.free, ceil(crowd::float8 / $7)) AND d.state = 'queued'
  FOR UPDATE OF d SKIP LOCKED
), granted AS (
  INSERT INTO ledger_allowance AS given (network, app, world, times)
  SELECT DISTINCT network, app, world, times + 1 FROM pick WHERE room IS NOT NULL ORDER BY network, app, world
  ON CONFLICT (network, app, world) DO UPDATE SET times = excluded.times WHERE given.times = excluded.times - 1
  RETURNING network, app, world
)
UPDATE ledger_delivery d SET state = 'sending', token = gen_random_uuid(), worker_id = $6, claimed_at = now(),
       reason = '', note = '{{}}', changed_at = now()
FROM pick LEFT JOIN granted USING (network, app, world)
WHERE d.id = pick.id AND d.state = 'queued' AND (pick.room IS NULL OR granted.app IS NOT NULL)
  AND NOT (SELECT held FROM ledger_installation WHERE id = 1)
RETURNING d.id, d.workspace_id, pick.world_kind, d.channel_id, pick.version, pick.network, d.purpose,
          d.token, pick.content, d.target, d.due_at, d.due_at + make_interval(mins => pick.fresh_minutes),
          d.retries, pick.now, d.worker_id
"""  # noqa: S608 - constants of ours


async def claim(
    db: Database,
    *,
    worker_id: int,
    lanes: Mapping[str, int],
    budgets: Mapping[str, Sequence[Budget]],
    company: int = 1,
    channels: Sequence[int] | None = None,
) -> list[Claim]:
    """Take the first due delivery of each free channel (or of these), as many as there are free
    `lanes` for each network, and of all that wait no more than the share of one in `company`
    workers.

    What another worker is taking just now is passed over. The unique index on `sending` decides
    between two that still meet: the loser's whole statement fails and it comes back with nothing.
    Channels of one application share what it may spend, so that two who count it at the same moment
    would both give out its last call: whoever comes second finds that it was given out from
    meanwhile (`models.Allowance`), leaves these channels, and counts again at the next look.
    """
    flat = [(slug, budget) for slug in lanes for budget in budgets.get(slug, ())]
    try:
        rows = await db.fetch(
            _CLAIM,
            list(lanes),
            list(lanes.values()),
            [slug for slug, _ in flat],
            [budget.calls for _, budget in flat],
            [float(budget.seconds) for _, budget in flat],
            worker_id,
            company,
            None if channels is None else list(channels),
            [budget.scope == "app" for _, budget in flat],
            *counted_in_units(flat),
        )
    except asyncpg.UniqueViolationError:
        return []
    return [Claim(*row) for row in rows]


def counted_in_units(budgets: Iterable[tuple[str, Budget]]) -> tuple[list[str], list[str], list[int]]:
    """For `UNITS`: network, kind of step, units."""
    rows = {(slug, kind): units for slug, budget in budgets for kind, units in budget.units.items()}
    return [slug for slug, _ in rows], [kind for _, kind in rows], list(rows.values())


_NEXT_DUE = """
SELECT min(extract(epoch FROM d.next_at - now() - w.clock_shift))::float8
FROM workspaces_workspace w
CROSS JOIN (SELECT now() - make_interval(secs => $1) AS at) seen
CROSS JOIN LATERAL (
  (SELECT next_at FROM ledger_delivery d
   WHERE d.workspace_id = w.id AND d.state = 'planned' AND d.due_at > seen.at + w.clock_shift
   ORDER BY d.due_at LIMIT 1)
  UNION ALL
  (SELECT min(next_at) FROM ledger_delivery d
   WHERE d.workspace_id = w.id AND d.state = 'waiting' AND d.next_at > seen.at + w.clock_shift)) d
"""


async def seconds_to_next(db: Database, looked_ago: float) -> float | None:
    """How long until some row is next due; None when there is none ahead. What became due after the last
    look, `looked_ago` seconds ago, counts as ahead (0 or less): nobody has seen it yet."""
    value: float | None = await db.fetchval(_NEXT_DUE, looked_ago)
    return value


def _count(status: str) -> int:
    """The row count of a command tag such as `UPDATE 3`."""
    return int(status.rsplit(" ", 1)[-1])
