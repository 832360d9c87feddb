"""Rows that are looked at again: doubtful ones, accepted ones, and live ones now and then.

A look is leased: `next_at` is pushed ahead and a token given out, so that two workers do not look
at once, and a worker that dies leaves the row to be looked at again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tesselle.domain.lifecycle import AttemptState
from tesselle.domain.verdicts import Remote
from tesselle.ledger.hot.dispatch import Database
from tesselle.ledger.hot.sending import Outcome, write_outcome
from tesselle.ledger.hot.steady import steady_now


@dataclass(frozen=True, slots=True)
class DoneStep:
    position: int
    kind: str
    remote: Remote | None
    attempt_id: int | None


@dataclass(frozen=True, slots=True)
class Leased:
    """A delivery to look at. `now`: the workspace's."""

    delivery_id: int
    workspace_id: int
    world_kind: str
    channel_id: int
    channel_version: int
    network: str
    purpose: str
    state: str
    token: UUID
    body: Mapping[str, Any]
    target: Any  # one thing, or one for each step: see `Delivery.target`
    verify_until: datetime | None
    absent_since: datetime | None
    live_at: datetime | None
    accepted_at: datetime | None
    now: datetime


_LEASE = """
WITH due AS (
  SELECT d.id, w.world_kind, c.version, c.network, w_now.now, coalesce(d.body, v.body, '{}') AS content
  FROM workspaces_workspace w
  CROSS JOIN LATERAL (SELECT now() + w.clock_shift AS now) w_now
  JOIN ledger_delivery d ON d.workspace_id = w.id AND d.next_at <= w_now.now
  JOIN channels_channel c ON c.id = d.channel_id
  LEFT JOIN compose_variant v ON v.id = d.variant_id
  WHERE d.state = ANY($1::text[]) AND c.removed_at IS NULL
  ORDER BY d.next_at LIMIT $2
  FOR UPDATE OF d SKIP LOCKED
)
UPDATE ledger_delivery d SET token = gen_random_uuid(), next_at = due.now + make_interval(secs => $3),
  changed_at = now()
FROM due WHERE d.id = due.id AND d.state = ANY($1::text[])
RETURNING d.id, d.workspace_id, due.world_kind, d.channel_id, due.version, due.network, d.purpose, d.state,
  d.token, due.content, d.target, d.verify_until, d.absent_since, d.live_at, d.accepted_at,
  due.now
"""


async def lease(db: Database, *, states: tuple[str, ...], limit: int, seconds: float) -> list[Leased]:
    rows = await db.fetch(_LEASE, list(states), limit, seconds)
    return [Leased(*row) for row in rows]


_DONE_STEPS = """
SELECT s.delivery_id, s.position, s.kind, s.remote,
  (SELECT max(a.id) FROM ledger_attempt a WHERE a.step_id = s.id AND a.state IN ('accepted', 'found'))
FROM ledger_step s WHERE s.delivery_id = ANY($1) ORDER BY s.delivery_id, s.position
"""


async def steps_of(db: Database, deliveries: Sequence[int]) -> list[list[DoneStep]]:
    """The steps of each delivery, in order."""
    steps: dict[int, list[DoneStep]] = {delivery: [] for delivery in deliveries}
    for row in await db.fetch(_DONE_STEPS, list(steps)):
        remote = None if row[3] is None else Remote.from_json(row[3])
        steps[row[0]].append(DoneStep(row[1], row[2], remote, row[4]))
    return [steps[delivery] for delivery in deliveries]


@dataclass(frozen=True, slots=True)
class Doubt:
    """The ambiguous attempt of a settling delivery, with what was looked at so far."""

    attempt_id: int
    step_id: int
    position: int
    kind: str
    key: str
    instant: datetime
    frozen: Mapping[str, Any]
    number: int
    started_at: datetime
    deadline_at: datetime
    ended_by_caller: bool
    not_there_looks: int
    looks: int
    past_absent: int  # attempts at this step that turned out not to be there
    since_start_s: float  # on a clock that never jumps, where it is this machine's
    since_deadline_s: float  # on that clock; elsewhere never more than what was watched from here
    now: datetime  # the database's, as the workspace's clock goes; so are the other instants
    is_late: bool  # past its freshness with no part out: nothing may go out any more without being asked


# How long ago: seconds of the clock that never jumps, and what a practice workspace's clock was moved on since.
# The deadline of a call that nobody ended is real, though: until then it may be on its way.
_DOUBT = """
SELECT a.id, s.id, s.position, s.kind, s.key, s.instant, s.frozen, a.number,
  coalesce(a.started_at + coalesce(a.shift_started, '0'), a.prepared_at),
  coalesce(a.deadline_at + coalesce(a.shift_deadline, '0'), a.prepared_at),
  a.verdict <> 'worker_lost',
  (SELECT count(*) FROM ledger_look l WHERE l.attempt_id = a.id AND l.outcome = 'not_there')::int,
  (SELECT count(*) FROM ledger_look l WHERE l.attempt_id = a.id)::int,
  (SELECT count(*) FROM ledger_attempt o WHERE o.step_id = s.id AND o.state = 'absent')::int,
  (age.since_start + moved.since_start)::float8,
  CASE WHEN a.verdict = 'worker_lost' AND age.since_deadline < 0 THEN age.since_deadline
       ELSE least(age.since_deadline + moved.since_deadline, watched.seconds) END::float8,
  now() + w.clock_shift,
  d.due_at + make_interval(mins => c.fresh_minutes) < now() + w.clock_shift
    AND NOT EXISTS (SELECT 1 FROM ledger_step out WHERE out.delivery_id = d.id AND out.remote IS NOT NULL)
FROM ledger_attempt a JOIN ledger_step s ON s.id = a.step_id
JOIN ledger_delivery d ON d.id = a.delivery_id
JOIN channels_channel c ON c.id = d.channel_id
JOIN workspaces_workspace w ON w.id = d.workspace_id
CROSS JOIN LATERAL (SELECT
  CASE WHEN a.boot = $2 THEN $3 - a.steady_started
       ELSE extract(epoch FROM now() - coalesce(a.started_at, a.prepared_at)) END AS since_start,
  CASE WHEN a.boot = $2 THEN $3 - a.steady_deadline
       ELSE extract(epoch FROM now() - coalesce(a.deadline_at, a.prepared_at)) END AS since_deadline) age
CROSS JOIN LATERAL (SELECT
  coalesce(extract(epoch FROM w.clock_shift - a.shift_started), 0) AS since_start,
  coalesce(extract(epoch FROM w.clock_shift - a.shift_deadline), 0) AS since_deadline) moved
CROSS JOIN LATERAL (SELECT CASE WHEN a.boot <> $2 THEN coalesce(
  $3 - min(l.steady_at) + extract(epoch FROM w.clock_shift - coalesce(min(l.shift), w.clock_shift)), 0)
  END AS seconds FROM ledger_look l WHERE l.attempt_id = a.id AND l.boot = $2) watched
WHERE a.delivery_id = $1 AND a.state = 'ambiguous' ORDER BY a.id LIMIT 1
"""


async def doubt_of(db: Database, delivery_id: int) -> Doubt | None:
    at = steady_now()
    row = await db.fetchrow(_DOUBT, delivery_id, at.boot, at.seconds)
    return None if row is None else Doubt(*row)


_ADOPTED = """
SELECT array_agg(remote_id) FROM ledger_step
WHERE channel_id = $1 AND remote_id <> '' AND instant > $2::timestamptz - interval '7 days'
"""


async def adopted_ids(db: Database, channel_id: int, around: datetime) -> frozenset[str]:
    """Remote ids of this channel that already belong to a step."""
    found = await db.fetchval(_ADOPTED, channel_id, around)
    return frozenset(found or ())


async def record_look(
    db: Database, attempt_id: int, *, how: str, outcome: str, evidence: Mapping[str, Any]
) -> None:
    at = steady_now()
    await db.execute(
        "INSERT INTO ledger_look (attempt_id, how, outcome, evidence, boot, steady_at, shift)"
        " SELECT a.id, $2, $3, $4, $5, $6, w.clock_shift FROM ledger_attempt a"
        " JOIN ledger_delivery d ON d.id = a.delivery_id JOIN workspaces_workspace w ON w.id = d.workspace_id"
        " WHERE a.id = $1",
        attempt_id,
        how,
        outcome,
        dict(evidence),
        at.boot,
        at.seconds,
    )


_RENEW_DEADLINE = """
UPDATE ledger_attempt a SET worker_id = $2, deadline_at = now() + make_interval(secs => $3),
  steady_deadline = $6 + $3, shift_deadline = w.clock_shift,
  steady_started = CASE WHEN boot = $5 THEN steady_started ELSE $6 END, boot = $5
FROM ledger_delivery d JOIN workspaces_workspace w ON w.id = d.workspace_id
WHERE a.id = $1 AND a.state = 'ambiguous'
  AND d.id = a.delivery_id AND d.token = $4 AND d.state = 'settling'
  AND NOT (SELECT held FROM ledger_installation WHERE id = 1)
"""


async def begin_repeat(
    db: Database, *, attempt_id: int, token: UUID, worker_id: int, deadline_seconds: float
) -> bool:
    """Before a doubtful call is repeated with its key: the attempt stays `ambiguous`, its deadline
    moves on. False: not ours to repeat any more."""
    at = steady_now()
    status: str = await db.execute(
        _RENEW_DEADLINE, attempt_id, worker_id, deadline_seconds, token, at.boot, at.seconds
    )
    return status == "UPDATE 1"


_MOVE = """
UPDATE ledger_delivery d SET state = x.state, reason = x.reason, note = x.note, changed_at = now(),
  next_at = w_now.now + make_interval(secs => x.next_in_s),
  remote = coalesce(x.remote, d.remote),
  accepted_at = CASE WHEN x.state IN ('processing', 'sent') THEN coalesce(accepted_at, now()) ELSE accepted_at END,
  live_at = CASE WHEN x.state = 'live' THEN coalesce(live_at, w_now.now) ELSE live_at END,
  absent_since = x.absent_since,
  verify_until = coalesce(w_now.now + make_interval(secs => x.verify_within_s), d.verify_until),
  token = NULL, worker_id = NULL
FROM jsonb_to_recordset($1) AS x(id bigint, token uuid, was text, state text, reason text, note jsonb,
                                 next_in_s float8, remote jsonb, absent_since timestamptz,
                                 verify_within_s float8),
     workspaces_workspace w, LATERAL (SELECT now() + w.clock_shift AS now) w_now
WHERE d.id = x.id AND d.token = x.token AND d.state = x.was AND w.id = d.workspace_id
"""


@dataclass(frozen=True, slots=True)
class Move:
    """Where a leased row goes; the same state with another `next_in_s` means: look again."""

    state: str
    reason: str = ""
    note: Mapping[str, Any] | None = None
    next_in_s: float | None = None
    remote: Remote | None = None
    absent_since: datetime | None = None
    verify_within_s: float | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A leased row and where it goes."""

    leased: Leased
    to: Move

    def to_json(self) -> dict[str, Any]:
        to = self.to
        return {
            "id": self.leased.delivery_id,
            "token": str(self.leased.token),
            "was": self.leased.state,
            "state": str(to.state),
            "reason": to.reason,
            "note": dict(to.note or {}),
            "next_in_s": to.next_in_s,
            "remote": None if to.remote is None else to.remote.to_json(),
            "absent_since": None if to.absent_since is None else to.absent_since.isoformat(),
            "verify_within_s": to.verify_within_s,
        }


async def move(db: Database, moves: Sequence[Moved]) -> list[None]:
    """Many in one transaction; a row that a person or another worker got hold of stays as it is."""
    ordered = sorted(moves, key=lambda one: one.leased.delivery_id)
    await db.execute(_MOVE, [one.to_json() for one in ordered])
    return [None] * len(moves)


async def settle_attempt(
    db: Database, attempt_id: int, state: AttemptState, verdict: str, remote: Remote | None, *, adopts: bool
) -> bool:
    return await write_outcome(db, Outcome(attempt_id, state, verdict, {}, remote, adopts))


async def fail_attempts(db: Database, delivery_id: int, verdict: str) -> None:
    """Accepted, then refused while processing."""
    await db.execute(
        """UPDATE ledger_attempt SET state = 'failed', verdict = $2, ended_at = now()
           WHERE delivery_id = $1 AND state IN ('accepted', 'found')""",
        delivery_id,
        verdict,
    )


async def mark_removed_by_us(db: Database, deletion_id: int) -> None:
    """A deletion is done: the delivery it was about is gone."""
    await db.execute(
        """UPDATE ledger_delivery SET state = 'removed', reason = 'by_us', next_at = NULL, changed_at = now()
           WHERE id = (SELECT subject_id FROM ledger_delivery WHERE id = $1) AND state IN ('live', 'sent')""",
        deletion_id,
    )
