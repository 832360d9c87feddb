"""One step's way: opened, begun, its outcome written. The order is the whole point.

`begin` is durable before a byte of the irreversible call leaves; `write_outcome` comes right
after it, alone; what follows for the delivery is written elsewhere and can never send again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

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


_OPEN_STEPS = """
WITH asked AS (
  SELECT * FROM jsonb_to_recordset($1) AS x(delivery_id bigint, token uuid, position int, kind text,
                                            instant timestamptz, worker_id bigint)
), mine AS (
  SELECT asked.*, d.channel_id FROM asked JOIN ledger_delivery d ON d.id = asked.delivery_id
  WHERE d.token = asked.token AND d.state = 'sending' FOR SHARE OF d
), step AS (
  INSERT INTO ledger_step (delivery_id, channel_id, position, kind, key, instant)
  SELECT delivery_id, channel_id, position, kind, replace(gen_random_uuid()::text, '-', ''), instant FROM mine
  ON CONFLICT (delivery_id, position) DO UPDATE SET kind = ledger_step.kind
  RETURNING id, delivery_id, position, kind, key, instant, frozen, remote
), attempt AS (
  INSERT INTO ledger_attempt (step_id, delivery_id, channel_id, number, worker_id, token)
  SELECT step.id, mine.delivery_id, mine.channel_id,
         1 + (SELECT count(*) FROM ledger_attempt a WHERE a.step_id = step.id), mine.worker_id, mine.token
  FROM step JOIN mine USING (delivery_id) WHERE step.remote IS NULL
  ON CONFLICT DO NOTHING
  RETURNING id, step_id, number
)
SELECT step.id, step.position, step.kind, step.key, step.instant, step.frozen, step.remote,
       attempt.id AS attempt_id, coalesce(attempt.number, 0) AS number, step.delivery_id
FROM step LEFT JOIN attempt ON attempt.step_id = step.id
"""


@dataclass(frozen=True, slots=True)
class StepToOpen:
    """A fresh attempt is wanted at the step at that position of a claimed delivery."""

    claim: Claim
    position: int
    kind: str

    @property
    def delivery_id(self) -> int:
        return self.claim.delivery_id

    def to_json(self) -> dict[str, Any]:
        return {
            "delivery_id": self.delivery_id,
            "token": str(self.claim.token),
            "position": self.position,
            "kind": self.kind,
            "instant": self.claim.now.isoformat(),
            "worker_id": self.claim.worker_id,
        }


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


async def open_steps(db: Database, wanted: Sequence[StepToOpen]) -> list[OpenStep | None]:
    """Each delivery's step, and a fresh attempt at it unless it is done. None: the claim is gone, or
    another attempt of the step still holds it."""
    rows = await db.fetch(_OPEN_STEPS, [one.to_json() for one in sorted(wanted, key=_by_delivery)])
    opened = {row["delivery_id"]: _open_step(row) for row in rows}
    return [opened.get(one.delivery_id) for one in wanted]


async def adopt_late(db: Database, step: OpenStep) -> OpenStep:
    """Where an earlier attempt was answered too late to be believed then: the step as done. Not shared:
    what is opened stays opened, so a statement after it must not fail for others."""
    if step.attempt_number <= 1:
        return step
    late = await db.fetchval(_ADOPT_LATE, step.step_id, step.attempt_id)
    return step if late is None else replace(step, remote=Remote.from_json(late))


def _by_delivery(one: "StepToOpen | Beginning | LetGo") -> int:
    """Rows are always locked in this order, so that two workers never wait for each other."""
    return one.delivery_id


def _open_step(row: asyncpg.Record) -> OpenStep | None:
    remote = None if row["remote"] is None else Remote.from_json(row["remote"])
    if remote is None and row["attempt_id"] is None:
        return None
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
WITH asked AS (
  SELECT * FROM jsonb_to_recordset($1) AS x(delivery_id bigint, token uuid, attempt_id bigint,
                                            step_id bigint, frozen jsonb, deadline_s float8,
                                            boot text, steady float8)
), mine AS (
  SELECT asked.*, w.clock_shift FROM asked JOIN ledger_delivery d ON d.id = asked.delivery_id
  JOIN workspaces_workspace w ON w.id = d.workspace_id
  WHERE d.token = asked.token AND d.state = 'sending' FOR UPDATE OF d
), frozen AS (
  UPDATE ledger_step s SET frozen = mine.frozen FROM mine WHERE s.id = mine.step_id
)
UPDATE ledger_attempt a SET state = 'sending', started_at = now(),
       deadline_at = now() + make_interval(secs => mine.deadline_s),
       boot = mine.boot, steady_started = mine.steady, steady_deadline = mine.steady + mine.deadline_s,
       shift_started = mine.clock_shift, shift_deadline = mine.clock_shift
FROM mine
WHERE a.id = mine.attempt_id AND a.state = 'prepared'
  AND NOT EXISTS (SELECT 1 FROM ledger_attempt o
                  WHERE o.step_id = mine.step_id AND o.evidence #>> '{late,remote,id}' IS NOT NULL)
  AND NOT (SELECT held FROM ledger_installation WHERE id = 1)
RETURNING a.id
"""


@dataclass(frozen=True, slots=True)
class Beginning:
    """An attempt about to be made, with what it will send."""

    claim: Claim
    step: OpenStep
    frozen: Mapping[str, Any]
    deadline_seconds: float

    @property
    def delivery_id(self) -> int:
        return self.claim.delivery_id

    def to_json(self) -> dict[str, Any]:
        at = steady_now()
        return {
            "delivery_id": self.delivery_id,
            "token": str(self.claim.token),
            "attempt_id": self.step.attempt_id,
            "step_id": self.step.step_id,
            "frozen": dict(self.frozen),
            "deadline_s": self.deadline_seconds,
            "boot": at.boot,
            "steady": at.seconds,
        }


async def begin(db: Database, wanted: Sequence[Beginning]) -> list[bool]:
    """The rows `sending`, with what will be sent, made durable in one transaction: when this
    returns they are. False: someone was quicker (cancelled, held, taken over, answered late); then
    nothing may be sent."""
    rows = await db.fetch(_BEGIN, [one.to_json() for one in sorted(wanted, key=_by_delivery)])
    begun = {row["id"] for row in rows}
    return [one.step.attempt_id in begun for one in wanted]


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
UPDATE ledger_delivery d SET state = x.state, reason = x.reason, note = x.note, changed_at = now(),
  next_at = w_now.now + make_interval(secs => x.next_in_s),
  remote = coalesce(x.remote, d.remote),
  accepted_at = CASE WHEN x.state IN ('processing', 'sent') THEN coalesce(accepted_at, now()) ELSE accepted_at END,
  verify_until = coalesce(w_now.now + make_interval(secs => x.verify_within_s), d.verify_until),
  retries = CASE WHEN x.state IN ('waiting', 'queued') THEN retries + 1 ELSE retries END,
  token = NULL, worker_id = NULL
FROM jsonb_to_recordset($1) AS x(id bigint, token uuid, state text, reason text, note jsonb,
                                 next_in_s float8, remote jsonb, verify_within_s float8),
     workspaces_workspace w, LATERAL (SELECT now() + w.clock_shift AS now) w_now
WHERE d.id = x.id AND d.token = x.token AND d.state = 'sending' AND w.id = d.workspace_id
RETURNING d.id
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


@dataclass(frozen=True, slots=True)
class LetGo:
    """A delivery whose holder is done with it, and where it goes."""

    delivery_id: int
    token: UUID
    to: Advance

    def to_json(self) -> dict[str, Any]:
        to = self.to
        return {
            "id": self.delivery_id,
            "token": str(self.token),
            "state": str(to.state),
            "reason": to.reason,
            "note": dict(to.note or {}),
            "next_in_s": to.next_in_s,
            "remote": None if to.remote is None else to.remote.to_json(),
            "verify_within_s": to.verify_within_s,
        }


async def advance(db: Database, done: Sequence[LetGo]) -> list[bool]:
    """Bookkeeping, many in one transaction. False: no longer its holder's, so it stays as it is."""
    rows = await db.fetch(_ADVANCE, [one.to_json() for one in sorted(done, key=_by_delivery)])
    advanced = {row["id"] for row in rows}
    return [one.delivery_id in advanced for one in done]
