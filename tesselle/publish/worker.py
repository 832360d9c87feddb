"""The publishing loops of one worker process: dispatch, checks, watch."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

import asyncpg

from tesselle.connectors.registry import close_worlds
from tesselle.domain.lifecycle import DeliveryState
from tesselle.ledger.hot import checking, dispatch
from tesselle.ledger.hot.dispatch import Claim
from tesselle.ledger.hot.pool import DATABASE_GONE, open_pool
from tesselle.ledger.hot.together import Together
from tesselle.ledger.hot.workers import claimed_long_ago, let_go
from tesselle.library.files import LibraryFiles
from tesselle.networks import cards
from tesselle.publish.channels import Accounts
from tesselle.publish.context import Context, Standing
from tesselle.publish.sending import send
from tesselle.publish.settling import settle
from tesselle.publish.spool import Spool
from tesselle.publish.standing import Heart, Watch
from tesselle.publish.timing import Timing
from tesselle.publish.verifying import verify

log = logging.getLogger(__name__)

LANES_PER_NETWORK = 250
"""So many deliveries of one network at once in one process; a network that hangs starves no other."""

CHECKS_AT_ONCE = 100
CHECKS_WHILE_BUSY = 10
BUSY_LANES = 20
"""While many lanes send, reading back what was accepted waits: what is due is more urgent. What is
in doubt never waits for either."""

DOUBTFUL = ("settling",)
ACCEPTED = ("processing", "live")
DATABASE_TROUBLE = (*DATABASE_GONE, asyncpg.PostgresError)


class PublishingWorker:
    """`beside`: other rounds to run in the same process (measuring), each a function of the context
    that says how long to rest. `patience`: how long a stop waits for what is in hand."""

    def __init__(
        self,
        url: str,
        *,
        media_folder: Path,
        spool_folder: Path,
        timing: Timing,
        beside: tuple[Callable[[Context], Awaitable[float]], ...] = (),
        patience: float = 45.0,
    ) -> None:
        self._url = url
        self._beside = beside
        self._patience = patience
        self._media_folder = media_folder
        self._spool_folder = spool_folder
        self._timing = timing
        self._woken = asyncio.Event()
        self._look_now = asyncio.Event()
        self._stopping = asyncio.Event()
        self._lanes: Counter[str] = Counter()
        self._in_hand: set[UUID] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._checks: set[asyncio.Task[None]] = set()
        self._budgets = {card.slug: card.budgets for card in cards()}
        self._following = Together(self._claim_following)
        self.context: Context

    async def run(self) -> None:
        """Until `stop`: then takes nothing new, finishes what it holds, and signs off."""
        db = await open_pool(self._url)
        standing = Standing()
        self.context = Context(
            db=db,
            standing=standing,
            accounts=Accounts(db),
            files=LibraryFiles(self._media_folder),
            spool=Spool(self._spool_folder),
            timing=self._timing,
        )
        heart = Heart(self._url, standing, self._timing, self._woken, self._look_now)
        watch = Watch(db, standing, self._timing)
        loops = [
            asyncio.create_task(heart.run()),
            asyncio.create_task(self._forever(self._dispatch_once, self._woken)),
            asyncio.create_task(self._forever(self._check_once, self._look_now)),
            asyncio.create_task(self._forever(lambda: self._watch_once(watch))),
            *(asyncio.create_task(self._forever(partial(more, self.context))) for more in self._beside),
        ]
        await self._stopping.wait()
        for loop in loops[1:]:
            loop.cancel()
        await asyncio.gather(*loops[1:], return_exceptions=True)
        held = self._tasks | self._checks
        if held:
            _done, late = await asyncio.wait(held, timeout=self._patience)
            for task in late:  # the rows and the spool say where to go on
                task.cancel()
            await asyncio.gather(*held, return_exceptions=True)
        await heart.stop()
        loops[0].cancel()
        await asyncio.gather(loops[0], return_exceptions=True)
        await close_worlds()
        await db.close()

    def stop(self) -> None:
        self._stopping.set()
        self._woken.set()

    async def _forever(
        self, step: Callable[[], Awaitable[float]], wake_by: asyncio.Event | None = None
    ) -> None:
        """Run a step again and again; it says how long to rest. The outermost loop: whatever
        happens is logged, and the rows say where to go on."""
        while not self._stopping.is_set():
            try:
                rest = await step()
            except DATABASE_TROUBLE as error:
                log.warning("database_trouble", extra={"error": str(error)[:200]})
                rest = 0.5
            except Exception:
                log.exception("worker_step_failed")
                rest = 1.0
            await _rest(rest, wake_by)

    # dispatch

    async def _dispatch_once(self) -> float:
        db = self.context.db
        if not self.context.spool.is_empty:
            await self.context.spool.flush(db)
        looked = time.monotonic()
        await dispatch.queue_due(db)
        await dispatch.wake(db)
        await self._claim_free_lanes()
        ahead = await dispatch.seconds_to_next(db, time.monotonic() - looked)
        return 1.0 if ahead is None else min(1.0, max(ahead, 0.005))

    async def _claim_free_lanes(self) -> None:
        if not self.context.standing.locked or self._stopping.is_set():
            return
        free = {slug: LANES_PER_NETWORK - self._lanes[slug] for slug in self._budgets}
        taken = await dispatch.claim(
            self.context.db,
            worker_id=self.context.standing.worker_id,
            lanes={slug: count for slug, count in free.items() if count > 0},
            budgets=self._budgets,
            company=self.context.standing.company,
        )
        for claim in taken:
            self._lanes[claim.network] += 1
            task = asyncio.create_task(self._lane(claim))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _claim_following(self, channels: Sequence[int]) -> list[Claim | None]:
        """What is next on these channels, whose lanes are at hand."""
        taken = await dispatch.claim(
            self.context.db,
            worker_id=self.context.standing.worker_id,
            lanes=dict.fromkeys(self._budgets, len(channels)),
            budgets=self._budgets,
            channels=channels,
        )
        by_channel = {claim.channel_id: claim for claim in taken}
        return [by_channel.get(channel) for channel in channels]

    async def _lane(self, claim: Claim) -> None:
        """One channel's deliveries, one after the other, while there are any."""
        slug = claim.network
        following: Claim | None = claim
        held = claim
        try:
            while following is not None:
                held = following
                self._in_hand.add(held.token)
                await self._send_safely(following)
                if not self.context.spool.is_empty:
                    await self._hand_back(held)
                following = None
                self._in_hand.discard(held.token)
                if (
                    self.context.standing.locked
                    and self.context.spool.is_empty
                    and not self._stopping.is_set()
                ):
                    following = await self._following.ask(claim.channel_id)
        except DATABASE_TROUBLE as error:
            log.warning("database_trouble", extra={"error": str(error)[:200]})
            await self._hand_back(held)
        finally:
            self._in_hand.discard(held.token)
            if self._lanes[slug] >= LANES_PER_NETWORK:
                self._woken.set()  # a channel may wait for this very lane
            self._lanes[slug] -= 1

    async def _hand_back(self, claim: Claim) -> None:
        """The database went away with this delivery in hand: say so when it is there again. Spooled
        outcomes come first; what is still `sending` then is looked up. Does nothing to a delivery
        that is no longer ours."""
        while True:
            try:
                if not self.context.spool.is_empty:
                    await self.context.spool.flush(self.context.db)
                await let_go(
                    self.context.db,
                    claim.delivery_id,
                    claim.token,
                    to=DeliveryState.QUEUED,
                    verdict="database_lost",
                    next_in_s=0.0,
                )
            except DATABASE_TROUBLE as error:
                log.warning("database_trouble", extra={"error": str(error)[:200]})
                await asyncio.sleep(0.5)
            else:
                return

    async def _send_safely(self, claim: Claim) -> None:
        try:
            to = await send(self.context, claim)
            if to is None or to.state in (DeliveryState.WAITING, DeliveryState.QUEUED):
                self._woken.set()  # it may be due again at once
        except DATABASE_GONE:
            raise
        except Exception:  # what the database refuses, too: it would refuse it again at once
            log.exception("delivery_failed", extra={"delivery": claim.delivery_id})
            await let_go(
                self.context.db,
                claim.delivery_id,
                claim.token,
                to=DeliveryState.WAITING,
                verdict="our_error",
                next_in_s=self._timing.back_off(claim.retries),
            )

    # checks

    async def _check_once(self) -> float:
        free = CHECKS_AT_ONCE - len(self._checks)
        if free <= 0 or not self.context.standing.locked:
            return 0.05
        if self._lanes.total() <= BUSY_LANES:
            leased = await self._lease(DOUBTFUL + ACCEPTED, free)
        else:
            leased = await self._lease(DOUBTFUL, free)
            leased += await self._lease(ACCEPTED, min(free, CHECKS_WHILE_BUSY - len(self._checks)))
        for item in leased:
            task = asyncio.create_task(self._check_safely(item))
            self._checks.add(task)
            task.add_done_callback(self._checks.discard)
        return 0.02 if leased else max(0.25 * self._timing.scale, 0.05)

    async def _lease(self, states: tuple[str, ...], limit: int) -> list[checking.Leased]:
        if limit <= 0:
            return []
        return await checking.lease(
            self.context.db, states=states, limit=limit, seconds=self._timing.look_lease
        )

    async def _check_safely(self, item: checking.Leased) -> None:
        try:
            if item.state == "settling":
                await settle(self.context, item)
                self._woken.set()  # it may have gone back into the queue
            else:
                await verify(self.context, item)
        except DATABASE_TROUBLE as error:
            log.warning("database_trouble", extra={"error": str(error)[:200]})
        except Exception:
            log.exception("check_failed", extra={"delivery": item.delivery_id})

    async def _watch_once(self, watch: Watch) -> float:
        if await watch.look() + await self._hand_back_the_forgotten():
            self._woken.set()
        return max(2.0 * self._timing.scale, 0.3)

    async def _hand_back_the_forgotten(self) -> int:
        """A claim whose answer was lost on its way is in nobody's hand, and would stand for ever."""
        db, me = self.context.db, self.context.standing.worker_id
        claimed = await claimed_long_ago(db, me, self._timing.forgotten_after)
        # Looked up only now: what came to hand while the database was asked is in it.
        forgotten = [(delivery, token) for delivery, token in claimed if token not in self._in_hand]
        for delivery, token in forgotten:
            log.warning("forgotten_claim", extra={"delivery": delivery})
            await let_go(db, delivery, token, to=DeliveryState.QUEUED, verdict="forgotten", next_in_s=0.0)
        return len(forgotten)


async def _rest(seconds: float, wake_by: asyncio.Event | None) -> None:
    """Sleep, but wake when something was planned or a lane came free."""
    if wake_by is None:
        await asyncio.sleep(seconds)
        return
    try:
        async with asyncio.timeout(seconds):
            await wake_by.wait()
    except TimeoutError:
        return
    wake_by.clear()
