"""Looking at websites that people asked about, in a process of its own: what reads HTML stays out of the worker."""

from tesselle.ops.apart import AFTER_FAILURE_S, run_apart
from tesselle.publish.context import Context

REST_SECONDS = 2.0

_WAITS = """
SELECT EXISTS (SELECT 1 FROM academy_sitecheck WHERE state = 'asked'
  OR (state = 'running' AND began_at < now() - interval '10 minutes'))
"""


async def look_at_sites(context: Context) -> float:
    """One round; returns how long to rest, in seconds."""
    if context.standing.locked and await context.db.fetchval(_WAITS) and not await run_apart("sites"):
        return AFTER_FAILURE_S
    return REST_SECONDS
