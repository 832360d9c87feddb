"""Reading websites' statistics, in a process of its own: Django's sessions stay out of the worker."""

import asyncio
import logging
import sys

from tesselle.publish.context import Context

REST_SECONDS = 20.0

_WAITS = """
SELECT EXISTS (
  SELECT 1 FROM measure_visitsource s JOIN workspaces_workspace w ON w.id = s.workspace_id
  WHERE s.next_at <= now() AND w.world_kind = 'real' AND w.deleted_at IS NULL)
"""

logger = logging.getLogger(__name__)


async def read_site_visits(context: Context) -> float:
    """One round; returns how long to rest, in seconds."""
    if context.standing.locked and await context.db.fetchval(_WAITS):
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tesselle", "visits")
        try:
            status = await process.wait()
        except asyncio.CancelledError:
            process.terminate()
            await process.wait()
            raise
        if status:
            logger.error("site_visits_failed status=%d", status)
    return REST_SECONDS
