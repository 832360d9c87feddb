"""Telling people, in a process of its own when something is due: Django's sessions stay out of the worker."""

import time

from tesselle.notify.journal_reading import VERBS
from tesselle.ops.apart import AFTER_FAILURE_S, run_apart
from tesselle.publish.context import Context

REST_SECONDS = 5.0
HOUR_SECONDS = 3600.0

_WAITS = """
SELECT EXISTS (SELECT 1 FROM notify_letter WHERE due_at <= now())
  OR EXISTS (
    SELECT 1 FROM report_reportmailing m JOIN workspaces_workspace w ON w.id = m.workspace_id
    WHERE m.next_at <= now() AND w.world_kind = 'real' AND w.deleted_at IS NULL)
  OR EXISTS (
    SELECT 1 FROM plan_byhand b JOIN workspaces_workspace w ON w.id = b.workspace_id
    WHERE b.done_at IS NULL AND b.called_off_at IS NULL AND b.told_at IS NULL
      AND b.due_at <= now() + w.clock_shift AND w.deleted_at IS NULL)
  OR EXISTS (
    SELECT 1 FROM engage_heard h JOIN engage_conversation c ON c.id = h.conversation_id
    JOIN channels_channel ch ON ch.id = c.channel_id JOIN workspaces_workspace w ON w.id = ch.workspace_id
    WHERE h.state = 'open' AND h.told_at IS NULL AND w.deleted_at IS NULL)
  OR EXISTS (
    SELECT 1 FROM engage_conversation c WHERE c.notified
      AND NOT EXISTS (SELECT 1 FROM engage_heard h WHERE h.conversation_id = c.id AND h.state = 'open'))
  OR EXISTS (
    SELECT 1 FROM journal_entry e
    WHERE e.id > coalesce((SELECT entry_id FROM notify_readuntil WHERE id = 1), 0)
      AND e.verb = ANY($1::text[]) AND e.at > now() - interval '2 days'
      AND NOT EXISTS (SELECT 1 FROM notify_toldentry t WHERE t.entry_id = e.id))
"""


class NotifyRound:
    """Beside publishing. Once an hour in any case: sign-ins end without anything happening."""

    def __init__(self) -> None:
        self._last: float | None = None

    async def __call__(self, context: Context) -> float:
        """One round; returns how long to rest, in seconds."""
        if not context.standing.locked:
            return REST_SECONDS
        is_old = self._last is None or time.monotonic() - self._last > HOUR_SECONDS
        if is_old or await context.db.fetchval(_WAITS, list(VERBS)):
            self._last = time.monotonic()
            if not await run_apart("notify"):
                return AFTER_FAILURE_S
        return REST_SECONDS
