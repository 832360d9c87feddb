"""`tesselle sandbox serve`: simulated networks on loopback, for a network's own clients to drive."""

import argparse
import asyncio
import contextlib
import signal

from tesselle.connectors.sandbox.server import serve
from tesselle.networks import plugin, slugs


def arguments(parser: argparse.ArgumentParser) -> None:
    below = parser.add_subparsers(dest="act", required=True)
    serving = below.add_parser("serve", help="serve until stopped")
    serving.add_argument("--network", default="all", choices=["all", *slugs()])
    serving.add_argument("--port", type=int, default=8100)
    serving.add_argument("--latency-ms", type=int, default=0)


def run(options: argparse.Namespace) -> int:
    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(_serve(options))
    return 0


async def _serve(options: argparse.Namespace) -> None:
    chosen = slugs() if options.network == "all" else (options.network,)
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)

    def say(base: str) -> None:
        for slug in chosen:
            print(f"{slug}: {base}/{slug}", flush=True)

    sandboxes = [plugin(slug).sandbox for slug in chosen]
    await serve(sandboxes, options.port, latency_seconds=options.latency_ms / 1000, ready=say)
