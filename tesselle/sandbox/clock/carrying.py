"""Carrying the clock: the worker's round."""

import asyncio
import time
from datetime import datetime, timedelta
from functools import partial

from tesselle.learn.services import ask_where_news
from tesselle.measure.reading import AT_ONCE, follow_new, read_due
from tesselle.publish.context import Context
from tesselle.publish.upkeep import tend_once
from tesselle.sandbox.clock import stops
from tesselle.sandbox.clock.stops import FIGURES_EVERY, Run, Situation
from tesselle.sandbox.shelf import in_django

SLICE_S = 0.5
"""So long one run is carried before the next has its turn."""

POLL_S = 0.004
IDLE_S = 1.0
PACED_S = 0.2
PATIENCE_S = 90.0
"""What is due and does not settle for so long needs a person: the clock stops there, and says so."""

TELL_EVERY_S = 1.0
HAIR = timedelta(milliseconds=20)
"""A stop lies so little behind its event, so that the event is due."""


class ClockRound:
    """Beside publishing: carry each run a little, in turn. Rows say where to go on, so that any worker
    may do the next part."""

    def __init__(self) -> None:
        self._told: dict[int, float] = {}

    async def __call__(self, context: Context) -> float:
        """One round; returns how long to rest, in seconds."""
        if not context.standing.locked:
            return 0.5
        runs = await stops.take(context.db)
        if not runs:
            await stops.remember_recent(context.db)
            return IDLE_S
        rests = [await self._carried(context, run) for run in runs]
        return min(rests)

    async def _carried(self, context: Context, run: Run) -> float:
        try:
            return await self._carry(context, run)
        finally:
            await stops.let_go(context.db, run)

    async def _carry(self, context: Context, run: Run) -> float:
        end = time.monotonic() + SLICE_S
        while time.monotonic() < end:
            seen = await stops.look(context.db, run)
            if seen is None:
                return 0.0
            if not seen.is_quiet:
                if seen.still_s > PATIENCE_S:
                    await self._end(context, run, "stuck", seen.now)
                    return 0.0
                await asyncio.sleep(POLL_S)
            elif await self._read(context, run, seen):
                continue
            elif seen.now >= run.until:
                await self._end(context, run, "arrived", seen.now)
                return 0.0
            else:
                instant = _next_stop(run, seen)
                if instant <= seen.now:
                    return PACED_S
                wakes = seen.event is not None and seen.event <= instant
                if not await stops.move(context.db, run, instant, wakes=wakes):
                    return 0.0
                await self._tell(context, run)
        return 0.0

    async def _end(self, context: Context, run: Run, state: str, reached: datetime) -> None:
        """The nights that were gone through would have asked what the new figures say."""
        await in_django(partial(ask_where_news, run.workspace_id))
        await stops.end(context.db, run, state, reached)

    async def _read(self, context: Context, run: Run, seen: Situation) -> bool:
        """Figures and sign-ins that are due here; whether there were any."""
        renews = seen.renewal is not None and seen.renewal <= seen.now
        if renews:
            await tend_once(context)
        if not _figures_are_due(run, seen):
            if seen.is_new:
                await follow_new(context.db)
            return renews or seen.is_new
        run.read_at = seen.now
        await follow_new(context.db)
        while await read_due(context) == AT_ONCE:
            pass
        return True

    async def _tell(self, context: Context, run: Run) -> None:
        if time.monotonic() - self._told.get(run.id, 0.0) > TELL_EVERY_S:
            self._told = {run.id: time.monotonic()}
            await stops.tell(context.db, run)


def _figures_are_due(run: Run, seen: Situation) -> bool:
    """A run begins with them: what is new since the last one is followed from there."""
    if run.read_at is None:
        return True
    return seen.reading is not None and max(seen.reading, _reading_at(run, seen)) <= seen.now


def _reading_at(run: Run, seen: Situation) -> datetime:
    assert seen.reading is not None
    return seen.reading if run.read_at is None else max(seen.reading, run.read_at + FIGURES_EVERY)


def _next_stop(run: Run, seen: Situation) -> datetime:
    """The earliest of: what publishing does next, what is read next, where a person or the speed said."""
    ahead = [run.until, seen.allowed]
    if seen.event is not None:
        ahead.append(seen.event + HAIR)
    if seen.renewal is not None:
        ahead.append(seen.renewal + HAIR)
    if seen.reading is not None:
        ahead.append(max(_reading_at(run, seen), seen.now) + HAIR)
    return min(ahead)
