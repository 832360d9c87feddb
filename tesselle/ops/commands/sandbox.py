"""`tesselle sandbox serve`: simulated networks on loopback, for a network's own clients to drive.
`tesselle sandbox truth`: what is really so in a practice workspace."""

import argparse
import asyncio
import contextlib
import json
import signal
import sys
from typing import Any

from tesselle.connectors.sandbox.server import serve
from tesselle.networks import plugin, slugs
from tesselle.ops.commands.demo import demo_folder
from tesselle.ops.installation import opened


def arguments(parser: argparse.ArgumentParser) -> None:
    below = parser.add_subparsers(dest="act", required=True)
    serving = below.add_parser("serve", help="serve until stopped")
    serving.add_argument("--network", default="all", choices=["all", *slugs()])
    serving.add_argument("--port", type=int, default=8100)
    serving.add_argument("--latency-ms", type=int, default=0)
    truth = below.add_parser("truth", help="what is really so in a practice workspace")
    truth.add_argument("--workspace", type=int, required=True, help="its number")
    truth.add_argument("--post", default="", help="what could be expected of such a post, as JSON")
    truth.add_argument("--demo", action="store_true", help="in the data folder of `tesselle demo`")
    truth.add_argument("--json", action="store_true", help="one JSON object on the last line")


def run(options: argparse.Namespace) -> int:
    if options.act == "truth":
        return _tell_truth(options)
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


def _tell_truth(options: argparse.Namespace) -> int:
    with opened(demo_folder().path if options.demo else None):
        from tesselle.sandbox.truth import expected_of, truth_of
        from tesselle.workspaces.models import Workspace

        workspace = Workspace.objects.filter(pk=options.workspace, world_kind="practice").first()
        if workspace is None:
            print(f"There is no practice workspace {options.workspace}.", file=sys.stderr)
            return 1
        try:
            told = expected_of(workspace, json.loads(options.post)) if options.post else truth_of(workspace)
        except (LookupError, ValueError) as error:
            print(f"That post cannot be told of: {error}", file=sys.stderr)
            return 1
    print(json.dumps(told, ensure_ascii=False) if options.json else "\n".join(_lines(told)))
    return 0


def _lines(told: dict[str, Any], indent: str = "") -> list[str]:
    """For eyes: one value a line, long lists cut short."""
    lines = []
    for name, value in told.items():
        if isinstance(value, dict):
            lines += [f"{indent}{name}", *_lines(value, indent + "  ")]
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for number, item in enumerate(value, 1):
                lines += [f"{indent}{name} {number}", *_lines(item, indent + "  ")]
        elif isinstance(value, list) and len(value) > 12:
            lines.append(f"{indent}{name}: {len(value)} values (see --json)")
        else:
            lines.append(f"{indent}{name}: {round(value, 3) if isinstance(value, float) else value}")
    return lines
