"""One step's way: opened, begun, its outcome written. The order is the whole point.

`begin` is durable before a byte of the irreversible call leaves; `write_outcome` comes right
after it, alone; what follows for the delivery is written elsewhere and can never send again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tesselle.domain.lifecycle import AttemptState
from tesselle.domain.verdicts import Remote
from tesselle.ledger.hot.dispatch import Claim, Database
from tesselle.ledger.hot.steady import steady_now


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step with an attempt in `prepared`, or already done (`remote` set, `attempt_id` None)."""

    step_id: int
    position: int
    kind: str
    key: str
    instant: datetime
    frozen: Mapping[str, Any]
    remote: Remote | None
    attempt_id: int | None
    attempt_number: int


_OPEN_STEP = """
WITH mine AS (
  SELECT id, channel_id FROM ledger_delivery WHERE id = $1 AND token = $2 AND state = 'sending' FOR SHARE
), step AS (
  INSERT INTO ledger_step (delivery_id, channel_id, position, kind, key, instant)
  SELECT mine.id, mine.channel_id, $3, $4, replace(gen_random_uuid()::text, '-', ''), $5 FROM mine
  ON CONFLICT (delivery_id, position) DO UPDATE SET kind = ledger_step.kind
  RETURNING id, kind, key, instant, frozen, remote
), attempt AS (
  INSERT INTO ledger_attempt (step_id, delivery_id, channel_id, number, worker_id, token)
  SELECT step.id, mine.id, mine.channel_id,
         1 + (SELECT count(*) FROM ledger_attempt a WHERE a.step_id = step.id), $6, $2
  FROM step, mine WHERE step.remote IS NULL
  ON CONFLICT DO NOTHING
  RETURNING id, number
)
SELECT step.id, $3::int AS position, step.kind, step.key, step.instant, step.frozen, step.remote,
       attempt.id AS attempt_id, coalesce(attempt.number, 0) AS number
FROM step LEFT JOIN attempt ON true
"""


class TokenLostError(Exception):
    """The delivery is no longer in this worker's hands: leave it alone."""


_ADOPT_LATE = """
WITH late AS (
  SELECT a.evidence #> '{late,remote}' AS remote,
    CASE WHEN a.evidence #> '{late,adopts}' = 'true' THEN a.evidence #>> '{late,remote,id}' ELSE '' END AS id
  FROM ledger_attempt a WHERE a.step_id = $1 AND a.evidence #>> '{late,remote,id}' IS NOT NULL
  ORDER BY a.id LIMIT 1
), step AS (
  UPDATE ledger_step s SET remote = late.remote, remote_id = late.id FROM late
  WHERE s.id = $1 AND s.remote IS NULL
    AND NOT EXISTS (SELECT 1 FROM ledger_step o WHERE late.id <> '' AND o.channel_id = s.channel_id
                    AND o.remote_id = late.id)
  RETURNING s.remote
), mine AS (
  UPDATE ledger_attempt SET state = 'unsent', ended_at = now(), verdict = 'answered_late'
  WHERE id = $2 AND state = 'prepared' AND EXISTS (SELECT 1 FROM step)
)
SELECT remote FROM step
"""


async def open_step(db: Database, claim: Claim, *, position: int, kind: str, worker_id: int) -> OpenStep:
    """The step at that position and a fresh attempt at it; or, where an earlier attempt was answered
    too late to be believed then, the step as done.

    Raises:
        TokenLostError: the claim is gone, or another attempt of the step still holds it.
    """
    row = await db.fetchrow(_OPEN_STEP, claim.delivery_id, claim.token, position, kind, claim.now, worker_id)
    if row is None:
        raise TokenLostError
    remote = None if row["remote"] is None else Remote.from_json(row["remote"])
    if remote is None and row["attempt_id"] is None:
        raise TokenLostError
    if row["number"] > 1:
        late = await db.fetchval(_ADOPT_LATE, row["id"], row["attempt_id"])
        remote = None if late is None else Remote.from_json(late)
    return OpenStep(
        row["id"],
        row["position"],
        row["kind"],
        row["key"],
        row["instant"],
        row["frozen"],
        remote,
        row["attempt_id"],
        row["number"],
    )


_BEGIN = """
WITH mine AS (
  SELECT id FROM ledger_delivery WHERE id = $1 AND token = $2 AND state = 'sending' FOR UPDATE
), frozen AS (
  UPDATE ledger_step SET frozen = $5 WHERE id = $4 AND EXISTS (SELECT 1 FROM mine)
)
UPDATE ledger_attempt SET state = 'sending', started_at = now(),
       deadline_at = now() + make_interval(secs => $6),
       boot = $7, steady_started = $8, steady_deadline = $8 + $6
WHERE id = $3 AND state = 'prepared' AND EXISTS (SELECT 1 FROM mine)
  AND NOT EXISTS (SELECT 1 FROM ledger_attempt o
                  WHERE o.step_id = $4 AND o.evidence #>> '{late,remote,id}' IS NOT NULL)
  AND NOT (SELECT held FROM ledger_installation WHERE id = 1)
"""


async def begin(
    db: Database, claim: Claim, step: OpenStep, *, frozen: Mapping[str, Any], deadline_seconds: float
) -> bool:
    """The row `sending`, with what will be sent, made durable. False: someone was quicker
    (cancelled, held, taken over, answered late); then nothing may be sent."""
    at = steady_now()
    status: str = await db.execute(
        _BEGIN,
        claim.delivery_id,
        claim.token,
        step.attempt_id,
        step.step_id,
        dict(frozen),
        deadline_seconds,
        at.boot,
        at.seconds,
    )
    return status == "UPDATE 1"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt; `remote` only with a success. `adopts` False: the remote thing is not
    new (an edit, a deletion), so it is not claimed as ours."""

    attempt_id: int
    state: AttemptState
    verdict: str
    evidence: Mapping[str, Any]
    remote: Remote | None = None
    adopts: bool = True

    def to_json(self) -> dict[str, Any]:
        return {
            "attempt_id": self.attempt_id,
            "state": self.state.value,
            "verdict": self.verdict,
            "evidence": dict(self.evidence),
            "remote": None if self.remote is None else self.remote.to_json(),
            "adopts": self.adopts,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Outcome":
        remote = data["remote"]
        return cls(
            int(data["attempt_id"]),
            AttemptState(data["state"]),
            str(data["verdict"]),
            dict(data["evidence"]),
            None if remote is None else Remote.from_json(remote),
            bool(data.get("adopts", True)),
        )


_OUTCOME = """
WITH attempt AS (
  UPDATE ledger_attempt SET state = $2::text, ended_at = now(), verdict = $3, evidence = evidence || $4
  WHERE id = $1 AND (state IN ('sending', 'prepared')
                     OR (state = 'ambiguous' AND $2::text IN ('accepted', 'found', 'absent', 'given_up')))
  RETURNING step_id
)
UPDATE ledger_step SET remote = coalesce($5, remote),
  remote_id = CASE WHEN $6::text = '' THEN remote_id ELSE $6::text END
WHERE id = (SELECT step_id FROM attempt)
"""


async def write_outcome(db: Database, outcome: Outcome) -> bool:
    """Write what came of it. False: the attempt had been settled otherwise meanwhile."""
    remote = outcome.remote
    status: str = await db.execute(
        _OUTCOME,
        outcome.attempt_id,
        outcome.state.value,
        outcome.verdict,
        dict(outcome.evidence),
        None if remote is None else remote.to_json(),
        remote.id if remote is not None and outcome.adopts else "",
    )
    return status == "UPDATE 1"


_ADVANCE = """
UPDATE ledger_delivery SET state = $3::text, reason = $4, note = $5, changed_at = now(),
  next_at = CASE WHEN $6::float8 IS NULL THEN NULL
                 ELSE (SELECT now() + w.clock_shift FROM workspaces_workspace w WHERE w.id = workspace_id)
                      + make_interval(secs => $6) END,
  remote = coalesce($7, remote),
  accepted_at = CASE WHEN $3::text IN ('processing', 'sent') THEN coalesce(accepted_at, now()) ELSE accepted_at END,
  verify_until = CASE WHEN $8::float8 IS NULL THEN verify_until
                 ELSE (SELECT now() + w.clock_shift FROM workspaces_workspace w WHERE w.id = workspace_id)
                      + make_interval(secs => $8) END,
  retries = CASE WHEN $3::text IN ('waiting', 'queued') THEN retries + 1 ELSE retries END,
  token = NULL, worker_id = NULL
WHERE id = $1 AND token = $2 AND state = 'sending'
"""


@dataclass(frozen=True, slots=True)
class Advance:
    """Where a delivery goes when its worker lets go of it.

    `next_in_s`: when it next needs attention, from now (None: not by itself). `verify_within_s`:
    accepted but never seen by then is `unknown`.
    """

    state: str
    reason: str = ""
    note: Mapping[str, Any] | None = None
    next_in_s: float | None = None
    remote: Remote | None = None
    verify_within_s: float | None = None


async def advance(db: Database, delivery_id: int, token: UUID, to: Advance) -> bool:
    status: str = await db.execute(
        _ADVANCE,
        delivery_id,
        token,
        to.state,
        to.reason,
        dict(to.note or {}),
        to.next_in_s,
        None if to.remote is None else to.remote.to_json(),
        to.verify_within_s,
    )
    return status == "UPDATE 1"
