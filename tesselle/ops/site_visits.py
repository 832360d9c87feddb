"""Reading websites' statistics, in a process of its own: Django's sessions stay out of the worker."""

from tesselle.ops.apart import AFTER_FAILURE_S, run_apart
from tesselle.publish.context import Context

REST_SECONDS = 20.0

_WAITS = """
SELECT EXISTS (
  SELECT 1 FROM measure_visitsource s JOIN workspaces_workspace w ON w.id = s.workspace_id
  WHERE s.next_at <= now() AND w.world_kind = 'real' AND w.deleted_at IS NULL)
"""


async def read_site_visits(context: Context) -> float:
    """One round; returns how long to rest, in seconds."""
    if context.standing.locked and await context.db.fetchval(_WAITS) and not await run_apart("visits"):
        return AFTER_FAILURE_S
    return REST_SECONDS
