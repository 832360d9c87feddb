"""What the lifecycle's state machine moves: real SQL, real senders, calls that can be held and cut.

A worker here is its lock session, its standing and its tasks; each task runs the product's own code
until its irreversible call, and waits there until the machine lets it go on, kills it, or lets it
wake up after it was taken for dead.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg

from tesselle.connectors.http.exchange import Exchange, Gate, Request, Transport
from tesselle.ledger.hot import checking, dispatch, workers
from tesselle.ledger.hot.dispatch import Database
from tesselle.ledger.hot.pool import connect, open_pool
from tesselle.library.files import LibraryFiles
from tesselle.networks import slugs
from tesselle.publish.channels import Accounts
from tesselle.publish.context import Context, Standing
from tesselle.publish.sending import send
from tesselle.publish.settling import settle
from tesselle.publish.spool import Spool
from tesselle.publish.timing import Timing
from tesselle.publish.verifying import verify

LEASE_S = 3600.0
BEGUN = """
SELECT EXISTS (SELECT 1 FROM ledger_attempt WHERE delivery_id = $1 AND worker_id = $2
               AND state IN ('sending', 'ambiguous') AND deadline_at IS NOT NULL)
"""


class QuickTiming(Timing):
    """Nothing waits but a call, and that for a moment."""

    def call_deadline(self, seconds: float) -> float:
        return 0.2


@dataclass(slots=True)
class Held:
    """A task at its irreversible call: about to make it, or with its answer in hand."""

    moment: str
    network: str
    going_on: asyncio.Future[None]


@dataclass(slots=True, eq=False)
class Errand:
    """One delivery in one worker's hands."""

    delivery_id: int
    network: str
    worker: "MachineWorker"
    task: asyncio.Task[None] | None = None
    held: Held | None = None


@dataclass(slots=True, eq=False)
class MachineWorker:
    session: asyncpg.Connection
    context: Context
    errands: list[Errand] = field(default_factory=list)
    id: int = 0


class HoldingTransport:
    """Stops every irreversible call twice: before its gate is asked, and with its answer."""

    def __init__(self, inner: Transport, house: "House") -> None:
        self._inner = inner
        self._house = house

    async def exchange(self, request: Request, gate: Gate | None = None) -> Exchange:
        if gate is None:
            return await self._inner.exchange(request, gate)
        await self._house.hold("before")
        done = await self._inner.exchange(request, gate)
        if done.written:
            await self._house.check_begun()
        await self._house.hold("after")
        return done


class House:
    """All workers of one run, on one event loop that stands still between two rules."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url = url
        self._folder = folder
        self._runner = asyncio.Runner()
        self._changed: asyncio.Event
        self._by_task: dict[asyncio.Task[Any], Errand] = {}
        self._ledger: Database
        self.workers: list[MachineWorker] = []
        self.called_without_a_row: list[int] = []
        self.run(self._open())

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self._runner.run(work)

    async def _open(self) -> None:
        self._ledger = await open_pool(self._url, size=6)
        self._changed = asyncio.Event()

    async def _close(self) -> None:
        for worker in list(self.workers):
            await self._end(worker)
        await self._ledger.close()

    def close(self) -> None:
        self.run(self._close())
        self._runner.close()

    # workers

    def hire(self) -> MachineWorker:
        worker: MachineWorker = self.run(self._hire())
        return worker

    async def _hire(self) -> MachineWorker:
        session = await connect(self._url)
        standing = Standing(await workers.register(session, host="machine", pid=0), locked=True)
        context = Context(
            db=self._ledger,
            standing=standing,
            accounts=Accounts(self._ledger),
            files=LibraryFiles(self._folder),
            spool=Spool(self._folder / f"spool-{standing.worker_id}"),
            timing=QuickTiming(scale=1e-6),
        )
        worker = MachineWorker(session, context, id=standing.worker_id)
        self.workers.append(worker)
        return worker

    def kill(self, worker: MachineWorker) -> None:
        """SIGKILL: nothing of it goes on; what it held is taken over."""
        self.run(self._end(worker))

    async def _end(self, worker: MachineWorker) -> None:
        for errand in worker.errands:
            if errand.task is not None:
                errand.task.cancel()
        await asyncio.gather(*(e.task for e in worker.errands if e.task), return_exceptions=True)
        worker.session.terminate()
        worker.context.standing.locked = False
        await workers.take_over(self._ledger, worker.id)
        self.workers.remove(worker)

    def suspend(self, worker: MachineWorker) -> None:
        """SIGSTOP past its deadline: its session is ended and its work taken over; then it wakes up,
        under another identity, with its calls still to be made."""
        self.run(self._suspend(worker))

    async def _suspend(self, worker: MachineWorker) -> None:
        worker.session.terminate()
        worker.context.standing.locked = False
        await workers.take_over(self._ledger, worker.id)

    # what they do

    def dispatch(self) -> None:
        self.run(self._dispatch())

    async def _dispatch(self) -> None:
        await dispatch.queue_due(self._ledger)
        await dispatch.wake(self._ledger)

    def claim(self, worker: MachineWorker) -> None:
        self.run(self._claim(worker))

    async def _claim(self, worker: MachineWorker) -> None:
        claims = await dispatch.claim(
            self._ledger, worker_id=worker.id, lanes=dict.fromkeys(slugs(), 10), budgets={}
        )
        for claim in claims:
            errand = Errand(claim.delivery_id, claim.network, worker)
            self._begin(errand, send(worker.context, claim))
        await self._until_still()

    def check(self, worker: MachineWorker) -> None:
        self.run(self._check(worker))

    async def _check(self, worker: MachineWorker) -> None:
        states = ("settling", "processing", "live")
        for leased in await checking.lease(self._ledger, states=states, limit=10, seconds=LEASE_S):
            look = settle if leased.state == "settling" else verify
            self._begin(Errand(leased.delivery_id, leased.network, worker), look(worker.context, leased))
        await self._until_still()

    def go_on(self, errand: Errand) -> None:
        """The held call, or what follows its answer."""
        self.run(self._go_on(errand))

    async def _go_on(self, errand: Errand) -> None:
        assert errand.held is not None
        held, errand.held = errand.held, None
        held.going_on.set_result(None)
        await self._until_still()

    @property
    def held(self) -> list[Errand]:
        return [errand for worker in self.workers for errand in worker.errands if errand.held]

    # tasks

    def _begin(self, errand: Errand, work: Coroutine[Any, Any, object]) -> None:
        async def finished() -> None:
            await work

        errand.task = asyncio.get_running_loop().create_task(finished())
        self._by_task[errand.task] = errand
        errand.worker.errands.append(errand)
        errand.task.add_done_callback(lambda _task: self._changed.set())

    async def hold(self, moment: str) -> None:
        task = asyncio.current_task()
        assert task is not None
        errand = self._by_task[task]
        errand.held = Held(moment, errand.network, asyncio.get_running_loop().create_future())
        self._changed.set()
        await errand.held.going_on

    async def check_begun(self) -> None:
        """A byte has left: its attempt's row must say so already."""
        task = asyncio.current_task()
        assert task is not None
        errand = self._by_task[task]
        if not await self._ledger.fetchval(BEGUN, errand.delivery_id, errand.worker.id):
            self.called_without_a_row.append(errand.delivery_id)

    async def _until_still(self) -> None:
        """Until every task is done or held; an error in one is the machine's."""
        while True:
            self._changed.clear()
            for worker in self.workers:
                for errand in [one for one in worker.errands if one.task and one.task.done()]:
                    worker.errands.remove(errand)
                    assert errand.task is not None
                    errand.task.result()
            if all(errand.held for worker in self.workers for errand in worker.errands):
                return
            await self._changed.wait()
