"""What a worker does for channels beside publishing: renew sign-ins ahead of need, read lists, forget.

The rows say what is due; each round leases a few, so that several workers share them.
"""

import logging
from datetime import datetime
from typing import Any

import asyncpg

from tesselle.channels.choices import stored
from tesselle.channels.sign_in_life import way_of
from tesselle.connectors.card import Ability
from tesselle.connectors.protocols import Authorizes, Chooses
from tesselle.domain.errors import BlockedError, NetworkError
from tesselle.domain.schedule import retry_in
from tesselle.domain.verdicts import BlockReason
from tesselle.ledger.hot.blocking import block_channel
from tesselle.networks import cards
from tesselle.publish.context import Context, Hand
from tesselle.publish.deciding import note
from tesselle.vault import secrets

log = logging.getLogger(__name__)

REST_S = 20.0
AT_ONCE = 20
THINK_AGAIN = "15 minutes"
"""So long a disconnected channel can be taken back; then its credentials are forgotten."""

_LEASE_RENEWALS = """
WITH due AS (
  SELECT c.id, w_now.now, w.world_kind
  FROM channels_channel c
  JOIN workspaces_workspace w ON w.id = c.workspace_id
  CROSS JOIN LATERAL (SELECT now() + w.clock_shift AS now) w_now
  WHERE c.renew_at <= w_now.now AND c.removed_at IS NULL AND c.blocked_reason = ''
  ORDER BY c.renew_at LIMIT $1
  FOR UPDATE OF c SKIP LOCKED
)
UPDATE channels_channel c SET renew_at = due.now + interval '5 minutes'
FROM due WHERE c.id = due.id
RETURNING c.id, c.version, c.network, c.workspace_id, due.world_kind, due.now, c.renew_failures
"""
_NOT_RENEWED = """
UPDATE channels_channel SET renew_failures = renew_failures + 1, renew_note = $2, renew_at = $3 WHERE id = $1
"""
_STALE_LISTS = """
SELECT c.id, c.version, c.network, c.workspace_id, w.world_kind, now() + w.clock_shift AS now
FROM channels_channel c JOIN workspaces_workspace w ON w.id = c.workspace_id
WHERE c.network = ANY($1::text[]) AND c.removed_at IS NULL AND c.blocked_reason = ''
  AND NOT EXISTS (SELECT 1 FROM channels_remotechoices r
                  WHERE r.channel_id = c.id AND r.read_at > now() - interval '1 day')
LIMIT $2
"""
_KEEP_LIST = """
INSERT INTO channels_remotechoices (channel_id, option, under, choices, read_at)
VALUES ($1, $2, '', coalesce($3::jsonb, '[]'), now())
ON CONFLICT (channel_id, option, under) DO UPDATE
SET choices = coalesce($3::jsonb, channels_remotechoices.choices), read_at = now()
"""
_LET_GO = f"""
SELECT c.id, c.version, c.network, c.workspace_id, w.world_kind, now() + w.clock_shift AS now,
       c.way, c.sealed_credentials, c.sealed_session
FROM channels_channel c JOIN workspaces_workspace w ON w.id = c.workspace_id
WHERE c.removed_at < now() - interval '{THINK_AGAIN}' AND c.sealed_credentials <> '' LIMIT $1
"""  # noqa: S608 - a constant of ours
_FORGET = """
UPDATE channels_channel SET sealed_credentials = '', sealed_session = '', renew_at = NULL,
  signed_in_until = NULL, version = version + 1
WHERE id = $1 AND removed_at IS NOT NULL
"""


async def tend_once(context: Context) -> float:
    """One round; returns how long to rest, in seconds."""
    if not context.standing.locked:
        return 0.5
    due = await context.db.fetch(_LEASE_RENEWALS, AT_ONCE)
    for row in due:
        await _renew(context, row)
    for row in await context.db.fetch(_STALE_LISTS, _with_lists(), AT_ONCE):
        await _read_lists(context, row)
    for row in await context.db.fetch(_LET_GO, AT_ONCE):
        await _forget(context, row)
    return 0.1 if len(due) == AT_ONCE else REST_S * context.timing.scale


async def _hand(context: Context, row: asyncpg.Record) -> Hand:
    return await context.hand(
        network=row["network"],
        channel_id=row["id"],
        channel_version=row["version"],
        workspace_id=row["workspace_id"],
        world_kind=row["world_kind"],
        now=row["now"],
    )


async def _renew(context: Context, row: asyncpg.Record) -> None:
    """The row learns when to come again: from the renewed session, else from here."""
    hand = await _hand(context, row)
    try:
        await context.api(hand).renew_ahead()
    except BlockedError as error:
        await block_channel(
            context.db, hand.channel_id, hand.channel_version, error.reason, note(error.message)
        )
    except NetworkError as error:
        log.info("sign_in_not_renewed", extra={"channel": hand.channel_id, "reason": str(error)[:200]})
        again: datetime = row["now"] + retry_in(row["renew_failures"])
        await context.db.execute(_NOT_RENEWED, hand.channel_id, note(error.message), again)


def _with_lists() -> list[str]:
    return [card.slug for card in cards() if Ability.CHOICES in card.abilities]


async def _read_lists(context: Context, row: asyncpg.Record) -> None:
    """Those that depend on nothing; a list that cannot be read keeps what it held until tomorrow."""
    hand = await _hand(context, row)
    card = next(card for card in cards() if card.slug == hand.network)
    for option in card.options:
        if option.kind != "remote_choice" or option.depends_on:
            continue
        if option.account_kinds and hand.account.kind not in option.account_kinds:
            continue
        found: list[dict[str, str]] | None = None
        if isinstance(hand.connector, Chooses):
            try:
                found = stored(await hand.connector.choices(option.name, {}, context.api(hand)))
            except BlockedError as error:
                await _blocked(context, hand, error)
                return
            except NetworkError as error:
                log.info("list_not_read", extra={"channel": hand.channel_id, "reason": str(error)[:200]})
        await context.db.execute(_KEEP_LIST, hand.channel_id, option.name, found)


async def _blocked(context: Context, hand: Hand, error: BlockedError) -> None:
    if error.reason == BlockReason.SIGN_IN:
        await block_channel(
            context.db, hand.channel_id, hand.channel_version, error.reason, note(error.message)
        )


async def _forget(context: Context, row: asyncpg.Record) -> None:
    """Tell the network if it wants to know, then forget, whatever it answers."""
    way = way_of(row["network"], row["way"])
    kept: dict[str, Any] = secrets.unseal(row["sealed_credentials"]) | secrets.unseal(row["sealed_session"])
    if way is not None and way.revoke:
        hand = await _hand(context, row)
        if isinstance(hand.connector, Authorizes):
            try:
                await hand.connector.dialect(way.slug).revoke(kept, context.api(hand))
            except NetworkError as error:
                log.info("sign_in_not_revoked", extra={"channel": row["id"], "reason": str(error)[:200]})
    await context.db.execute(_FORGET, row["id"])
