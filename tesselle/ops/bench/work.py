"""The worker process that is measured: the real one, which tells its costs when it ends."""

import asyncio
import json
import resource
import signal

import django


def main() -> None:
    django.setup()
    from django.conf import settings

    from tesselle.publish.timing import Timing
    from tesselle.publish.worker import PublishingWorker

    environment = settings.ENVIRONMENT
    worker = PublishingWorker(
        environment.database_url,
        media_folder=environment.media_folder,
        spool_folder=environment.media_folder / "spool",
        timing=Timing(environment.time_scale),
    )

    async def run() -> None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, worker.stop)
        print("ready", flush=True)
        await worker.run()

    before = resource.getrusage(resource.RUSAGE_SELF)
    asyncio.run(run())
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps({"cpu_seconds": cpu}), flush=True)


if __name__ == "__main__":
    main()
