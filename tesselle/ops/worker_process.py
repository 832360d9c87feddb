"""The worker: publishing, measuring, reading comments, preparing media, moving practice clocks; looking at websites; at
night a backup, and statistics."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvloop
from django.conf import settings

from tesselle.engage.listening import listen_once
from tesselle.measure.worker import measure_once
from tesselle.ops.errors import AlreadyRunningError
from tesselle.ops.folder_lock import FolderLock
from tesselle.ops.learning import LearningRound
from tesselle.ops.nightly import nightly_backups
from tesselle.ops.notifying import NotifyRound
from tesselle.ops.site_visits import read_site_visits
from tesselle.ops.sites import look_at_sites
from tesselle.publish.media import MediaRound
from tesselle.publish.timing import Timing
from tesselle.publish.upkeep import tend_once
from tesselle.publish.worker import PublishingWorker
from tesselle.sandbox.clock.carrying import ClockRound

MOST_WORKERS_PER_MACHINE = 64
SPOOL_FILE = "outcomes.jsonl"


def work(spools: Path, backups: Path | None = None) -> None:
    """Until SIGTERM: then finishes what it holds, or hands it back. `backups`: write one there each night."""
    nightly = (nightly_backups(backups),) if backups is not None else ()
    with _own_spool(spools) as spool:
        worker = PublishingWorker(
            settings.ENVIRONMENT.database_url,
            media_folder=settings.ENVIRONMENT.media_folder,
            spool_folder=spool,
            timing=Timing(settings.ENVIRONMENT.time_scale),
            beside=(
                measure_once,
                listen_once,
                tend_once,
                MediaRound(),
                ClockRound(),
                LearningRound(),
                NotifyRound(),
                look_at_sites,
                read_site_visits,
                *nightly,
            ),
        )
        uvloop.run(_until_stopped(worker))


async def _until_stopped(worker: PublishingWorker) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, worker.stop)
    await worker.run()


@contextmanager
def _own_spool(spools: Path) -> Iterator[Path]:
    """A folder that no other worker of this machine writes in, holding all that dead ones left."""
    spools.mkdir(parents=True, mode=0o700, exist_ok=True)
    held: list[tuple[Path, FolderLock]] = []
    for number in range(1, MOST_WORKERS_PER_MACHINE + 1):
        folder = spools / f"worker-{number}"
        if held and not folder.exists():
            break
        folder.mkdir(mode=0o700, exist_ok=True)
        lock = FolderLock(folder / "worker.lock")
        try:
            lock.acquire()
        except AlreadyRunningError:
            continue
        held.append((folder, lock))
    (own, own_lock), *others = held
    for folder, lock in others:
        _move_outcomes(folder / SPOOL_FILE, own / SPOOL_FILE)
        lock.release()
    try:
        yield own
    finally:
        own_lock.release()


def _move_outcomes(source: Path, target: Path) -> None:
    """Durable there before it is gone here; an outcome written twice is written once by the ledger."""
    if not source.exists():
        return
    with target.open("ab") as stream:
        stream.write(source.read_bytes())
        stream.flush()
        os.fsync(stream.fileno())
    source.unlink()
