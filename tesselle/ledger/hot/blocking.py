"""What a network's answer says about the whole channel."""

import json
from collections.abc import Mapping
from typing import Any

from tesselle.ledger.hot.dispatch import Database


async def block_channel(
    db: Database, channel_id: int, version: int, reason: str, note: Mapping[str, Any]
) -> bool:
    """Stop claiming for a channel until a person mends it. Guarded by the version the answer was
    got with: a reconnection made meanwhile is not undone."""
    status: str = await db.execute(
        """WITH stopped AS (
             UPDATE channels_channel SET blocked_reason = $3, blocked_note = $4, version = version + 1
             WHERE id = $1 AND version = $2 AND blocked_reason = ''
             RETURNING id, workspace_id, network, handle)
           INSERT INTO journal_entry (workspace_id, actor_name, verb, subject_kind, subject_id, params)
           SELECT workspace_id, 'publish', 'channel.blocked', 'channel', id,
                  jsonb_build_object('network', network, 'handle', handle, 'reason', $3::text)
           FROM stopped""",
        channel_id,
        version,
        reason,
        json.loads(json.dumps(dict(note))),
    )
    return status == "INSERT 0 1"
