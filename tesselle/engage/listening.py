"""Reading comments that a changed count told of, in the worker. Their words are looked at and let go."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tesselle.connectors.card import Discussed
from tesselle.connectors.protocols import Reply
from tesselle.domain.errors import BlockedError, NetworkError, TryLaterError
from tesselle.domain.schedule import retry_in
from tesselle.domain.verdicts import BlockReason
from tesselle.engage.asking import written
from tesselle.engage.judging import digest_of, waiting
from tesselle.engage.noticing import again_after, billed
from tesselle.ledger.hot.blocking import block_channel
from tesselle.publish.context import Context
from tesselle.publish.deciding import note
from tesselle.web.live.hub import CHANNEL

log = logging.getLogger(__name__)

AT_ONCE = 20
PER_CHANNEL = 3
"""In one round, so that many posts at once do not use up what a network allows."""

REST_S = 5.0
AFTER_AN_ANSWER = timedelta(days=2)
"""So long a conversation is read again after we answered: many networks do not count what follows an answer."""

STILL_NEW = timedelta(days=14)
"""An older comment that is seen for the first time is history, and calls nobody."""

_LEASE = """
WITH ranked AS (
  SELECT c.id, row_number() OVER (PARTITION BY c.channel_id ORDER BY c.next_at) AS place
  FROM engage_conversation c
  JOIN channels_channel ch ON ch.id = c.channel_id
  JOIN workspaces_workspace w ON w.id = ch.workspace_id
  LEFT JOIN ledger_delivery d ON d.id = c.delivery_id
  WHERE c.next_at <= now() + w.clock_shift AND ch.removed_at IS NULL AND ch.blocked_reason = ''
    AND w.deleted_at IS NULL AND (c.delivery_id IS NULL OR d.state = 'live')
    AND (ch.network <> ALL($3::text[]) OR EXISTS (SELECT 1 FROM engage_listening l WHERE l.channel_id = ch.id))),
due AS (
  SELECT c.id, now() + w.clock_shift AS now, ch.network, ch.version, ch.workspace_id, w.world_kind, d.remote
  FROM engage_conversation c
  JOIN ranked ON ranked.id = c.id AND ranked.place <= $1
  JOIN channels_channel ch ON ch.id = c.channel_id
  JOIN workspaces_workspace w ON w.id = ch.workspace_id
  LEFT JOIN ledger_delivery d ON d.id = c.delivery_id
  WHERE c.next_at <= now() + w.clock_shift
  ORDER BY c.next_at LIMIT $2
  FOR UPDATE OF c SKIP LOCKED)
UPDATE engage_conversation c SET next_at = due.now + interval '5 minutes'
FROM due WHERE c.id = due.id
RETURNING c.id, c.channel_id, due.version, due.workspace_id, due.world_kind, due.network, c.delivery_id,
          c.kind, due.remote, c.failures, due.now
"""

_ANSWERED = """
SELECT target->>'id' FROM ledger_delivery
WHERE channel_id = $1 AND purpose = 'answer' AND ($2::bigint IS NULL OR subject_id = $2)
  AND state NOT IN ('refused', 'cancelled', 'removed')
"""

_KEEP = """
WITH seen AS (
  SELECT * FROM jsonb_to_recordset($2) AS x(digest text, posted_at timestamptz, waits boolean)),
fresh AS (
  INSERT INTO engage_heard (conversation_id, digest, posted_at)
  SELECT $1, digest, posted_at FROM seen WHERE waits AND posted_at > $3::timestamptz
  ON CONFLICT DO NOTHING RETURNING id),
changed AS (
  UPDATE engage_heard h SET state = now_is.state
  FROM (SELECT k.id, CASE WHEN seen.digest IS NULL THEN 'gone' WHEN seen.waits THEN 'open'
                     ELSE 'answered' END AS state
        FROM engage_heard k LEFT JOIN seen ON seen.digest = k.digest
        WHERE k.conversation_id = $1 AND k.state IN ('open', 'answered', 'gone')) now_is
  WHERE h.id = now_is.id AND h.state <> now_is.state RETURNING h.id)
SELECT (SELECT count(*) FROM fresh) + (SELECT count(*) FROM changed)
"""

_READ = """
UPDATE engage_conversation c SET read_at = $2, failures = 0, next_at = CASE
  WHEN c.delivery_id IS NULL OR EXISTS (
    SELECT 1 FROM engage_heard h WHERE h.conversation_id = c.id AND h.state = 'open') OR EXISTS (
    SELECT 1 FROM ledger_delivery d WHERE d.subject_id = c.delivery_id AND d.purpose = 'answer'
      AND d.due_at > $4::timestamptz AND d.state NOT IN ('refused', 'cancelled')) THEN $3::timestamptz END
WHERE c.id = $1
"""


@dataclass(frozen=True, slots=True)
class DueConversation:
    id: int
    channel_id: int
    channel_version: int
    workspace_id: int
    world_kind: str
    network: str
    delivery_id: int | None
    kind: str
    remote: Mapping[str, Any] | None
    failures: int
    now: datetime


async def listen_once(context: Context) -> float:
    """One round beside publishing; returns how long to rest, in seconds."""
    if context.standing.locked:
        await read_due(context)
    return REST_S * max(context.standing.company, 1)


async def read_due(context: Context) -> int:
    """Read what is due, a few for each channel; returns how many were."""
    due = [DueConversation(*row) for row in await context.db.fetch(_LEASE, PER_CHANNEL, AT_ONCE, billed())]
    by_channel: dict[int, list[DueConversation]] = {}
    for one in due:
        by_channel.setdefault(one.channel_id, []).append(one)
    for group in by_channel.values():
        await _read_channel(context, group)
    return len(due)


async def _read_channel(context: Context, group: Sequence[DueConversation]) -> None:
    first = group[0]
    hand = await context.hand(
        network=first.network,
        channel_id=first.channel_id,
        channel_version=first.channel_version,
        workspace_id=first.workspace_id,
        world_kind=first.world_kind,
        now=first.now,
    )
    api = context.api(hand)
    for place, one in enumerate(group):
        try:
            said = await written(hand.connector, Discussed(one.kind), one.remote, api)
            await _keep(context, one, said)
        except NetworkError as error:
            await _postpone(context, group[place:], error)
            return


async def _keep(context: Context, one: DueConversation, replies: Sequence[Reply]) -> None:
    """Only which of them wait; the words end here."""
    rows = await context.db.fetch(_ANSWERED, one.channel_id, one.delivery_id)
    waits = {reply.remote.id for reply in waiting(replies, {str(row[0]) for row in rows})}
    seen = [
        {
            "digest": digest_of(one.network, reply.remote.id),
            "posted_at": reply.posted_at.isoformat(),
            "waits": reply.remote.id in waits,
        }
        for reply in replies
    ]
    changed = await context.db.fetchval(_KEEP, one.id, seen, one.now - STILL_NEW)
    again = one.now + again_after(one.network)
    await context.db.execute(_READ, one.id, one.now, again, one.now - AFTER_AN_ANSWER)
    if changed:
        await context.db.execute("SELECT pg_notify($1, $2)", CHANNEL, f"{one.workspace_id} comment {one.id}")


async def _postpone(context: Context, group: Sequence[DueConversation], error: NetworkError) -> None:
    """The whole channel waits: what refused one question would refuse the next."""
    one = group[0]
    if isinstance(error, BlockedError) and error.reason == BlockReason.SIGN_IN:
        await block_channel(
            context.db, one.channel_id, one.channel_version, error.reason, note(error.message)
        )
    log.info("comments_not_read", extra={"channel": one.channel_id, "reason": str(error)[:200]})
    for each in group:
        until = each.now + retry_in(each.failures)
        if isinstance(error, TryLaterError):
            until = max(until, error.until)
        await context.db.execute(
            "UPDATE engage_conversation SET next_at = $2, failures = failures + 1 WHERE id = $1",
            each.id,
            until,
        )
