"""Somebody writes below our post on a simulated network; one worker counts, reads, and tells."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from asgiref.sync import async_to_sync, sync_to_async
from django.db import connection
from django.utils import timezone

from tesselle.engage import listening
from tesselle.engage.models import Conversation, Heard
from tesselle.ledger.models import Delivery
from tesselle.measure.reading import follow_new, read_due
from tesselle.networks import plugin
from tesselle.publish.context import Context
from tesselle.publish.tests.stage import PublishStage

NETWORK = "mastodon"


def write(
    stage: PublishStage,
    number: str,
    below: str,
    text: str = "Quel prix ?",
    ago: timedelta | None = None,
    slug: str = NETWORK,
) -> None:
    async def written() -> None:
        network = stage.sim(slug).network
        if await network.account("somebody") is None:
            sandbox = plugin(slug).sandbox
            opened = await sandbox.open_account(network, f"https://{sandbox.host}", "bob", "Bob")
            await network.keep("somebody", "id", {"id": opened.id})
        who = (await network.kept("somebody", "id") or {})["id"]
        post = network.new_post(number, who, text, parent_id=below, data={"visibility": "public"})
        if ago is not None:
            at = timezone.now() - ago
            post = type(post).from_json(
                post.to_json() | {"created_at": at.isoformat(), "visible_at": at.isoformat()}
            )
        await network.add_post(post)

    async_to_sync(written)()


def with_worker(stage: PublishStage, act: Callable[[Context], Awaitable[None]]) -> None:
    async def main() -> None:
        worker = stage.worker()
        running = asyncio.create_task(worker.run())
        try:
            async with asyncio.timeout(60):
                while not (hasattr(worker, "context") and worker.context.standing.locked):
                    await asyncio.sleep(0.01)
                await act(worker.context)
        finally:
            worker.stop()
            await running
            await sync_to_async(lambda: connection.close())()  # of the thread that asked the database for it

    asyncio.run(main())


def count_and_read(stage: PublishStage) -> None:
    """Some hours later: all figures are due, what they tell of, and what waits already."""
    long_ago = timezone.now() - timedelta(hours=4)
    Conversation.objects.filter(next_at__isnull=False).update(next_at=long_ago)
    Conversation.objects.update(read_at=None)

    async def act(context: Context) -> None:
        await follow_new(context.db)
        await context.db.execute("UPDATE measure_series SET next_at = now() - interval '1 second'")
        await read_due(context)
        await listening.read_due(context)

    with_worker(stage, act)


def states(delivery: Delivery) -> list[str]:
    found = Heard.objects.filter(conversation__channel=delivery.channel).order_by("pk")
    return list(found.values_list("state", flat=True))
