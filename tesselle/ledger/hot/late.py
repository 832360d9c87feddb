"""Answers that come when their attempt is settled already: kept for ever, and never acted on blindly.

A late yes can mean three things. The step is not done yet: then it is done now, and nothing more is
sent. The delivery stands as `unknown`: then it is known after all. The step was done by another
attempt meanwhile: then there are two, and a person is told both addresses.
"""

from tesselle.ledger.hot.dispatch import Database
from tesselle.ledger.hot.sending import Outcome

_KEEP = """
UPDATE ledger_attempt a SET evidence = evidence || jsonb_build_object(
  CASE WHEN EXISTS (SELECT 1 FROM ledger_step o WHERE o.channel_id = a.channel_id AND o.id <> a.step_id
                    AND o.remote_id = nullif($3::text, '')) THEN 'late_of_another' ELSE 'late' END,
  $2::jsonb || jsonb_build_object('at', now()))
WHERE id = $1 RETURNING delivery_id
"""


async def keep_late_answer(db: Database, outcome: Outcome) -> None:
    """What came too late is kept as evidence; a second copy that it shows is told."""
    named = outcome.remote.id if outcome.remote is not None and outcome.adopts else ""
    delivery_id = await db.fetchval(_KEEP, outcome.attempt_id, outcome.to_json(), named)
    if delivery_id is not None and outcome.remote is not None:
        await tell_second_copy(db, delivery_id)


_TELL = """
WITH twice AS (
  SELECT s.remote AS first, a.evidence #> '{late,remote}' AS second
  FROM ledger_attempt a JOIN ledger_step s ON s.id = a.step_id
  WHERE a.delivery_id = $1 AND a.evidence #> '{late,adopts}' = 'true'
    AND s.remote ->> 'id' <> a.evidence #>> '{late,remote,id}'
  ORDER BY a.id LIMIT 1
), told AS (
  UPDATE ledger_delivery d
  SET second_copy = jsonb_build_object('first', twice.first, 'second', twice.second)
  FROM twice WHERE d.id = $1 AND d.second_copy IS NULL
  RETURNING d.id, d.workspace_id, twice.first ->> 'id' AS first, twice.second ->> 'id' AS second
)
INSERT INTO journal_entry (workspace_id, verb, subject_kind, subject_id, params)
SELECT workspace_id, 'delivery.second_copy', 'delivery', id,
       jsonb_build_object('first', first, 'second', second) FROM told
"""


async def tell_second_copy(db: Database, delivery_id: int) -> None:
    """A late yes names another thing than the one its step became: say so, once."""
    await db.execute(_TELL, delivery_id)


_KNOWN_AFTER_ALL = """
UPDATE ledger_delivery d SET state = 'queued', reason = 'answered_late', note = '{}', changed_at = now(),
  next_at = (SELECT now() + w.clock_shift FROM workspaces_workspace w WHERE w.id = d.workspace_id)
WHERE d.id = $1 AND d.state = 'unknown' AND d.reason <> 'never_seen'
  AND EXISTS (SELECT 1 FROM ledger_attempt a WHERE a.delivery_id = d.id AND a.state = 'accepted')
  AND NOT EXISTS (SELECT 1 FROM ledger_attempt a WHERE a.delivery_id = d.id AND a.state = 'ambiguous')
"""


async def known_after_all(db: Database, delivery_id: int) -> bool:
    """An `unknown` delivery whose doubtful attempt was answered at last: it goes on where it is."""
    status: str = await db.execute(_KNOWN_AFTER_ALL, delivery_id)
    return status == "UPDATE 1"


async def written_at_last(db: Database, attempt_id: int) -> None:
    """What follows from a success that was written later than it was known."""
    delivery_id = await db.fetchval("SELECT delivery_id FROM ledger_attempt WHERE id = $1", attempt_id)
    if delivery_id is not None:
        await known_after_all(db, delivery_id)
        await tell_second_copy(db, delivery_id)
