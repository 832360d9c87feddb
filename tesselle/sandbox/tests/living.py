"""Letting a practice company of a test live: an ordinary worker, and the clock it carries."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from asgiref.sync import sync_to_async
from django.db import connection

from tesselle.channels.models import Channel
from tesselle.compose.services import Wording, save_post
from tesselle.domain.content import Content
from tesselle.ledger.models import Delivery
from tesselle.plan.services import Slot, plan_post
from tesselle.publish.context import Context
from tesselle.publish.timing import Timing
from tesselle.publish.worker import PublishingWorker
from tesselle.sandbox.clock.carrying import ClockRound
from tesselle.sandbox.models import ClockRun
from tesselle.sandbox.rehearsal import database_url

PATIENCE_S = 120.0


def planned(channel: Channel, text: str, ahead: timedelta) -> Delivery:
    at = (channel.workspace.now() + ahead).astimezone(channel.workspace.tz).replace(tzinfo=None)
    post = save_post(
        workspace=channel.workspace,
        author=None,
        shared=Content(text=text),
        wordings=(Wording(channel),),
        name=text,
    )
    slot = Slot(at.replace(microsecond=0), channel.workspace.zone)
    return plan_post(post=post, slots={channel.pk: slot}, by=None)[0]


Beside = Callable[[Context], Awaitable[float]]


def worked_until(done: Callable[[], bool], folder: Path, *beside: Beside) -> None:
    """An ordinary worker, until `done` says so."""

    def asked() -> bool:
        try:
            return done()
        finally:
            connection.close()

    async def main() -> None:
        worker = PublishingWorker(
            database_url(), media_folder=folder, spool_folder=folder / "spool", timing=Timing(), beside=beside
        )
        running = asyncio.create_task(worker.run())
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not await sync_to_async(asked, thread_sensitive=False)():
                    await asyncio.sleep(0.02)
        finally:
            worker.stop()
            await running
            await sync_to_async(lambda: connection.close())()  # the one the practice networks use

    asyncio.run(main())


def carried(run: ClockRun, folder: Path) -> ClockRun:
    worked_until(lambda: not ClockRun.objects.get(pk=run.pk).is_going, folder, ClockRound())
    run.refresh_from_db()
    return run
