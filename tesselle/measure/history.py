"""What was posted elsewhere in the last 90 days, read once after a channel is connected."""

import logging
from datetime import timedelta

from tesselle.connectors.protocols import Remembers
from tesselle.domain.errors import NetworkError
from tesselle.publish.context import Context

log = logging.getLogger(__name__)

DAYS = 90

_UNREAD = """
UPDATE channels_channel c SET history_read_at = now()
FROM workspaces_workspace w
WHERE w.id = c.workspace_id AND c.id IN (
  SELECT id FROM channels_channel WHERE history_read_at IS NULL AND removed_at IS NULL
    AND blocked_reason = '' LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING c.id, c.version, c.workspace_id, w.world_kind, c.network, now() + w.clock_shift
"""

# Ours is no post made elsewhere. What a network takes slowly gets a name at first and its own afterwards, which
# stands in the delivery only; some keep the first name for ever, and are known by their address.
_KEEP = """
INSERT INTO measure_pastpost (channel_id, remote_id, url, posted_at, text, media_count, figures)
SELECT $1, $2::text, $3::text, $4, $5, $6, $7
WHERE NOT EXISTS (SELECT 1 FROM ledger_step s WHERE s.channel_id = $1 AND s.remote_id = $2::text)
  AND NOT EXISTS (SELECT 1 FROM ledger_delivery d WHERE d.channel_id = $1
    AND (d.remote->>'id' = $2::text OR d.remote->>'url' = nullif($3::text, '')))
ON CONFLICT (channel_id, remote_id) DO UPDATE SET figures = excluded.figures, read_at = now()
"""


async def read_one(context: Context) -> bool:
    """Read the past of one channel that was not read yet; False when there is none."""
    row = await context.db.fetchrow(_UNREAD)
    if row is None:
        return False
    channel_id, version, workspace_id, world_kind, network, now = row
    hand = await context.hand(
        network=network,
        channel_id=channel_id,
        channel_version=version,
        workspace_id=workspace_id,
        world_kind=world_kind,
        now=now,
    )
    if not isinstance(hand.connector, Remembers):
        return True
    try:
        posts = await hand.connector.history(context.api(hand), now - timedelta(days=DAYS))
    except NetworkError as error:
        log.info("history_not_read", extra={"channel": channel_id, "reason": str(error)[:200]})
        return True
    for post in posts:
        figures = {str(name): value for name, value in post.figures.items()}
        await context.db.execute(
            _KEEP,
            channel_id,
            post.remote.id,
            post.remote.url,
            post.posted_at,
            post.text.replace("\x00", ""),
            post.media_count,
            figures,
        )
    return True
