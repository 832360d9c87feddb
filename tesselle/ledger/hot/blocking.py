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
        """UPDATE channels_channel SET blocked_reason = $3, blocked_note = $4, version = version + 1
           WHERE id = $1 AND version = $2 AND blocked_reason = ''""",
        channel_id,
        version,
        reason,
        json.loads(json.dumps(dict(note))),
    )
    return status == "UPDATE 1"
