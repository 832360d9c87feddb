"""`tesselle chaos`: scenarios drawn, played with real processes, counted on the simulated networks."""

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tesselle.networks import slugs
from tesselle.ops.chaos import house as houses
from tesselle.ops.chaos.expected import BEST
from tesselle.ops.chaos.scenarios import Scenario, draw

if TYPE_CHECKING:
    from tesselle.ops.chaos.counting import Report

TIME_SCALE = 0.04
RUNS = 200


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="tesselle chaos", description=__doc__)
    arguments(parser)
    return run(parser.parse_args(argv))


def run(options: argparse.Namespace) -> int:
    networks = slugs() if options.network == "all" else (options.network,)
    count = 0 if options.full else options.runs
    scenarios = draw(networks, count, options.seed, options.only, options.step)
    started = time.monotonic()
    with houses.opened(options.time_scale) as house:
        report = _play(house, scenarios, options)
    found = report.to_json(time_scale=options.time_scale, seconds=time.monotonic() - started)
    if options.json:
        print(json.dumps(found))
    else:
        _tell(found)
    return 1 if report.failures else 0


def _play(house: houses.House, scenarios: list[Scenario], options: argparse.Namespace) -> "Report":
    """Django's settings can be read only now that the database is there."""
    import django

    django.setup()
    from tesselle.ops.migrating import migrate

    migrate()
    from tesselle.ops.chaos.counting import count
    from tesselle.ops.chaos.rounds import Director, rounds_of
    from tesselle.ops.chaos.sandbox_client import SandboxClient
    from tesselle.ops.chaos.stage import Stage, declared_worse

    sandboxes = SandboxClient(house.base)
    stage = Stage(sandboxes)
    director = Director(house, stage, patience=options.patience)
    actors = []
    for some in rounds_of(scenarios):
        began = time.monotonic()
        cast = [stage.actor(scenario) for scenario in some]
        director.play(cast)
        actors += cast
        at_rest = sum(actor.state in actor.scenario.final for actor in cast)
        name = some[0].event or some[0].fault.partition(":")[0]
        seconds = time.monotonic() - began
        print(
            f"{len(actors):4d} {name}: {at_rest} of {len(some)} as expected, {seconds:.1f} s", file=sys.stderr
        )
    report = count(actors, sandboxes)
    report.failures += declared_worse(actors)
    return report


def arguments(parser: argparse.ArgumentParser) -> None:
    known = sorted({network for network, _ in BEST})
    parser.add_argument("--network", default="all", choices=["all", *known])
    parser.add_argument("--runs", type=int, default=RUNS, help="how many scenarios to draw")
    parser.add_argument("--full", action="store_true", help="every scenario of the matrix")
    parser.add_argument("--json", action="store_true", help="one JSON object as the last line")
    parser.add_argument("--seed", type=int, default=1, help="another draw")
    parser.add_argument("--only", action="append", default=[], metavar="FAULT", help="faults that begin so")
    parser.add_argument("--step", action="append", default=[], help="steps that are hit: post, comment, ...")
    parser.add_argument("--patience", type=float, default=180.0, help="seconds for a round to come to rest")
    parser.add_argument("--time-scale", type=float, default=TIME_SCALE, help=argparse.SUPPRESS)


def _tell(found: dict[str, object]) -> None:
    for name, value in found.items():
        if name not in {"failures", "by_fault", "unfinished_because"}:
            print(f"{name}: {value}")
    failures = found["failures"]
    assert isinstance(failures, list)
    print(os.linesep.join(failures) or "Nothing lost, nothing doubled.")
