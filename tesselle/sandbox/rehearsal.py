"""Let a practice workspace live through past days in seconds: its clock is moved from moment to
moment, and the ordinary worker does what is due at each."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connection

from tesselle.connectors.registry import World
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.ledger.hot.dispatch import Database
from tesselle.measure.reading import follow_new, read_due
from tesselle.publish.timing import Timing
from tesselle.publish.worker import PublishingWorker
from tesselle.sandbox.practice import practice_world
from tesselle.sandbox.remembering import Stretch, remember

PATIENCE_S = 600.0

_SET_CLOCK = """
UPDATE workspaces_workspace SET clock_shift = $2::timestamptz - now() WHERE id = $1
RETURNING now() AS began, clock_shift AS shift
"""
# Live ones are read again now and then; nobody has to wait for that.
_AT_REST = """
SELECT NOT EXISTS (
  SELECT 1 FROM ledger_delivery d JOIN workspaces_workspace w ON w.id = d.workspace_id
  WHERE w.id = $1 AND d.state <> 'live' AND (d.state IN ('queued', 'sending')
    OR d.next_at <= now() + w.clock_shift OR d.token IS NOT NULL))
"""

_NEXT_EVENT = """
SELECT min(next_at) FROM ledger_delivery
WHERE workspace_id = $1 AND state IN ('processing', 'settling', 'waiting') AND next_at < $2
"""


@dataclass(frozen=True, slots=True)
class Moment:
    """`hides`: networks on which what is sent now cannot be seen for so long."""

    at: datetime
    hides: tuple[str, ...] = ()


HIDDEN_FOR = timedelta(days=2)
SEEN_WITHIN = timedelta(minutes=10)
HIDDEN_LOOKS = timedelta(seconds=40)
NOT_SEEN_AFTER = timedelta(minutes=20)
FIGURES_AFTER = timedelta(hours=3)


def live_through(workspace_id: int, moments: Iterable[Moment]) -> None:
    """Moments in the past, in order; afterwards the workspace's clock is right again.

    Raises:
        RuleError: the worker does not get done; publishing is held, or another failure.
    """
    asyncio.run(_Rehearsal(workspace_id).run(list(moments)))


class _Rehearsal:
    def __init__(self, workspace_id: int) -> None:
        self._workspace_id = workspace_id
        self._stretches: list[Stretch] = []
        media = Path(settings.MEDIA_ROOT)
        self._worker = PublishingWorker(
            database_url(), media_folder=media, spool_folder=media.parent / "spool", timing=Timing()
        )

    async def run(self, moments: list[Moment]) -> None:
        running = asyncio.create_task(self._worker.run())
        try:
            async with asyncio.timeout(PATIENCE_S):
                await _until(self._is_standing)
                for moment, following in zip(moments, [*moments[1:], None], strict=True):
                    await self._live(moment, following.at if following else datetime.now(UTC))
                await self._be_at(datetime.now(UTC))
                await self._read_figures()
                await remember(self._db, self._workspace_id, self._stretches, datetime.now(UTC))
                await self._db.execute(
                    "UPDATE workspaces_workspace SET clock_shift = interval '0' WHERE id = $1",
                    self._workspace_id,
                )
        except TimeoutError as error:
            raise RuleError(_NOT_DONE) from error
        finally:
            self._worker.stop()
            await running
            await sync_to_async(lambda: connection.close())()

    async def _is_standing(self) -> bool:
        return hasattr(self._worker, "context") and self._worker.context.standing.locked

    async def _is_at_rest(self) -> bool:
        return bool(await self._db.fetchval(_AT_REST, self._workspace_id))

    @property
    def _db(self) -> Database:
        return self._worker.context.db

    async def _live(self, moment: Moment, until: datetime) -> None:
        world = practice_world(World("practice", str(self._workspace_id)))
        for slug in moment.hides:
            world.network(slug).hide_new_for = HIDDEN_FOR.total_seconds()
        await self._be_at(moment.at)
        for slug in moment.hides:
            world.network(slug).hide_new_for = 0.0
        await self._until_seen(moment.at + (HIDDEN_LOOKS if moment.hides else SEEN_WITHIN))
        later = [*([NOT_SEEN_AFTER] if moment.hides else []), FIGURES_AFTER]
        for pause in later:
            if moment.at + pause < until:
                await self._be_at(moment.at + pause)
                await self._read_figures()

    async def _until_seen(self, limit: datetime) -> None:
        """From event to event, never over one, while something sent is still to be read back."""
        while (instant := await self._db.fetchval(_NEXT_EVENT, self._workspace_id, limit)) is not None:
            await self._be_at(instant + timedelta(milliseconds=50))

    async def _be_at(self, instant: datetime) -> None:
        """Move the clock and wait until everything due then is done."""
        clock = await self._db.fetchrow(_SET_CLOCK, self._workspace_id, instant)
        self._stretches.append(Stretch(clock["began"], clock["shift"]))
        await self._db.execute("NOTIFY tesselle_due")
        await _until(self._is_at_rest)

    async def _read_figures(self) -> None:
        await follow_new(self._db)
        while await read_due(self._worker.context):
            pass


async def _until(done: Callable[[], Awaitable[bool]]) -> None:
    """The rows are the only witness, whichever worker did the work: so they are asked again and again."""
    while not await done():  # noqa: ASYNC110
        await asyncio.sleep(0.02)


def database_url() -> str:
    """Django's database, as asyncpg wants it; `options` are those of each session."""
    params = connection.get_connection_params()
    who = f"{quote(params.get('user', ''), safe='')}:{quote(params.get('password', ''), safe='')}@"
    where = {name: params[name] for name in ("host", "port", "options") if params.get(name)}
    return f"postgresql://{who}/{quote(params['dbname'], safe='')}?{urlencode(where)}"


_NOT_DONE = Message(
    N_("The practice company could not be finished: publishing stands still. Release it, then try again.")
)
