"""Looking at websites that people asked about, in a process of its own: what reads HTML stays out of the worker."""

import asyncio
import logging
import sys

from tesselle.publish.context import Context

REST_SECONDS = 2.0

_WAITS = """
SELECT EXISTS (SELECT 1 FROM academy_sitecheck WHERE state = 'asked'
  OR (state = 'running' AND began_at < now() - interval '10 minutes'))
"""

logger = logging.getLogger(__name__)


async def look_at_sites(context: Context) -> float:
    """One round; returns how long to rest, in seconds."""
    if context.standing.locked and await context.db.fetchval(_WAITS):
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tesselle", "sites")
        try:
            status = await process.wait()
        except asyncio.CancelledError:
            process.terminate()
            await process.wait()
            raise
        if status:
            logger.error("site_checks_failed status=%d", status)
    return REST_SECONDS
