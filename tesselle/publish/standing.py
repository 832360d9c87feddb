"""This worker's standing: its lock, its heartbeat, and the watch it keeps over the others."""

import asyncio
import logging
import os
import socket
import time

import asyncpg

from tesselle.ledger.hot import clock, workers
from tesselle.ledger.hot.dispatch import Database
from tesselle.ledger.hot.pool import connect
from tesselle.ledger.hot.steady import boottime
from tesselle.publish.context import Standing
from tesselle.publish.timing import Timing

log = logging.getLogger(__name__)

DUE_CHANNEL = "tesselle_due"
"""What a planning transaction notifies, so that nobody waits for the tick."""

STEP_S = 2.0
"""A clock that loses so much between two looks was set back; less is drift or a slow answer."""


class Heart:
    """Keeps the session that carries lock, counter and notifications; a lost one is replaced,
    under a new identity."""

    def __init__(self, url: str, standing: Standing, timing: Timing, *woken: asyncio.Event) -> None:
        self._url = url
        self._standing = standing
        self._timing = timing
        self._woken = woken
        self._session: asyncpg.Connection | None = None
        self._one_at_a_time = asyncio.Lock()

    async def run(self) -> None:
        while True:
            try:
                await self._live()
            except Exception as error:  # noqa: BLE001 - without its lock a worker sends nothing ever again
                log.warning("lock_lost", extra={"error": str(error)})
            self._standing.locked = False
            await asyncio.sleep(min(1.0, self._timing.heartbeat))

    async def _live(self) -> None:
        session = await connect(self._url)
        self._session = session
        session.add_termination_listener(self._on_end)
        try:
            worker_id = await workers.register(session, host=socket.gethostname(), pid=os.getpid())
            await session.add_listener(DUE_CHANNEL, self._on_notify)
            self._standing.worker_id = worker_id
            self._standing.locked = True
            self._wake()
            while not session.is_closed():
                async with self._one_at_a_time:
                    await workers.beat(session, worker_id)
                await asyncio.sleep(self._timing.heartbeat)
        finally:
            self._standing.locked = False
            session.terminate()

    def _on_end(self, _session: object) -> None:
        self._standing.locked = False

    def _on_notify(self, *_what: object) -> None:
        self._wake()

    def _wake(self) -> None:
        for event in self._woken:
            event.set()

    async def stop(self) -> None:
        """A clean end: nothing is in hand any more, so nobody need take over."""
        if self._session is not None and not self._session.is_closed() and self._standing.locked:
            self._standing.locked = False
            async with self._one_at_a_time:
                await workers.sign_off(self._session, self._standing.worker_id)


class Watch:
    """Takes over from the dead. Time is this process's own monotonic clock."""

    def __init__(self, db: Database, standing: Standing, timing: Timing) -> None:
        self._db = db
        self._standing = standing
        self._timing = timing
        self._last: dict[int, tuple[int, float]] = {}
        self._ahead: float | None = None

    async def look(self) -> int:
        """One look at all workers; returns how many were taken over."""
        await self._mind_the_clock()
        now = time.monotonic()
        taken = 0
        seen = await workers.seen(self._db)
        self._standing.company = max(1, sum(worker.locked for worker in seen))
        for worker in seen:
            counter, since = self._last.get(worker.id, (worker.counter, now))
            if counter != worker.counter:
                since = now
            self._last[worker.id] = (worker.counter, since)
            if worker.id == self._standing.worker_id:
                continue
            still_for = now - since
            if worker.locked:
                # Suspended with its session alive: only when its call is long past its deadline.
                if still_for > self._timing.dead_after and worker.overdue_s > self._timing.dead_after:
                    log.warning("suspended_worker_ended", extra={"worker": worker.id})
                    await workers.end_session(self._db, worker.backend_pid)
            elif still_for > self._timing.dead_after and await workers.take_over(self._db, worker.id):
                log.warning("worker_taken_over", extra={"worker": worker.id})
                taken += 1
        alive = {worker.id for worker in seen}
        self._last = {key: value for key, value in self._last.items() if key in alive}
        return taken

    async def _mind_the_clock(self) -> None:
        """The database's clock against one that never jumps: was it set back since the last look?"""
        ahead = (await clock.now_of(self._db)).timestamp() - boottime()
        stepped_back = self._ahead is None or ahead < self._ahead - STEP_S
        if stepped_back and (rows := await clock.after_a_step_back(self._db)):
            log.warning("clock_set_back", extra={"deliveries": rows})
        self._ahead = ahead  # only now: what failed is tried again at the next look
