"""A worker process as chaos starts it: `python -m tesselle.ops.chaos.worker SPOOL`.

TESSELLE_CHAOS_IMPORT names a module to import first: the tests' sabotages of the ledger.
"""

import asyncio
import importlib
import os
import signal
import sys
from pathlib import Path

import django


async def _run(spool: Path) -> None:
    from django.conf import settings

    from tesselle.publish.timing import Timing
    from tesselle.publish.worker import PublishingWorker

    environment = settings.ENVIRONMENT
    worker = PublishingWorker(
        environment.database_url,
        media_folder=environment.media_folder,
        spool_folder=spool,
        timing=Timing(environment.time_scale),
    )
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, worker.stop)
    print("ready", flush=True)
    await worker.run()


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tesselle.config.settings")
    django.setup()
    if module := os.environ.get("TESSELLE_CHAOS_IMPORT"):
        importlib.import_module(module)
    asyncio.run(_run(Path(sys.argv[1])))


if __name__ == "__main__":
    main()
