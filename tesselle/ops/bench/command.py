"""`tesselle bench burst|pages|memory|practice|insights|loop`."""

import argparse
import json
import sys
from typing import Any


def main(argv: list[str]) -> int:
    """1 when what was measured did not work: a page that failed, a delivery lost or doubled, a clock
    that did not arrive, a promise of the statistics that does not hold."""
    options = _parser().parse_args(argv)
    figures = _measured(options)
    if figures is None:
        return 1
    if options.json:
        print(json.dumps(figures))
    else:
        _tell(figures)
    broken = figures.get("lost") or figures.get("doubled") or not figures.get("arrived", True)
    return 1 if broken or not all(row["ok"] for row in figures.get("rows", ())) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tesselle bench", description="Measure, on throw-away data.")
    kinds = parser.add_subparsers(dest="kind", required=True)
    burst = kinds.add_parser("burst", help="many deliveries due at one instant")
    burst.add_argument("--deliveries", type=int, default=1000)
    burst.add_argument("--latency-ms", type=int, default=300)
    burst.add_argument("--workers", type=int, default=1)
    pages = kinds.add_parser("pages", help="every page of the navigation, with years of posts")
    pages.add_argument("--posts", type=int, default=10_000)
    pages.add_argument("--snapshots", type=int, help="default: a hundred for each post")
    pages.add_argument("--connections", type=int, default=8)
    pages.add_argument("--visits", type=int, default=160, help="of each page")
    kinds.add_parser("memory", help="a whole installation that has nothing to do")
    practice = kinds.add_parser("practice", help="weeks of a practice company, lived through in seconds")
    practice.add_argument("--weeks", type=int, default=4)
    practice.add_argument("--channels", type=int, default=5)
    practice.add_argument("--posts", type=int, default=60)
    practice.add_argument("--on", type=int, default=1, help="how many channels each post goes out on")
    insights = kinds.add_parser("insights", help="what the statistics promise, on simulated companies")
    insights.add_argument("--companies", type=int, default=200, help="for each network and size")
    insights.add_argument("--processes", type=int, default=1, help="that fit at the same time")
    loop = kinds.add_parser("loop", help="a year of companies that follow what is suggested, and of others")
    loop.add_argument("--seeds", type=int, default=20, help="companies, each lived through under three ways")
    loop.add_argument("--weeks", type=int, default=52)
    loop.add_argument("--world", default="ordinary")
    loop.add_argument("--processes", type=int, default=1)
    loop.add_argument(
        "--through-product", action="store_true", help="one company, and all of it through the whole product"
    )
    loop.add_argument("--seed", type=int, default=1, help="which company, with --through-product")
    for one in kinds.choices.values():
        one.add_argument("--json", action="store_true", help="one JSON object on the last line")
    return parser


def _measured(options: argparse.Namespace) -> dict[str, Any] | None:
    """Each kind's module is loaded only when it is asked for."""
    match options.kind:
        case "burst":
            from tesselle.ops.bench import burst

            return burst.run(
                deliveries=options.deliveries, latency_ms=options.latency_ms, workers=options.workers
            )
        case "memory":
            from tesselle.ops.bench import memory

            return memory.run()
        case "practice":
            from tesselle.ops.bench import practice

            return practice.run(
                weeks=options.weeks, channels=options.channels, posts=options.posts, on=options.on
            )
        case "insights":
            return _insights(options)
        case "loop":
            return _loop(options)
        case _:
            return _pages(options)


def _loop(options: argparse.Namespace) -> dict[str, Any]:
    if options.through_product:
        from tesselle.ops.bench.loop.lived import run as lived

        return lived.run(seed=options.seed, weeks=options.weeks, world=options.world)
    from tesselle.ops.bench.loop import run as loop

    return loop.run(
        seeds=options.seeds, weeks=options.weeks, world=options.world, processes=options.processes
    )


def _insights(options: argparse.Namespace) -> dict[str, Any]:
    """The full run takes most of an hour: each row is told on the side once it is known."""
    from tesselle.ops.bench.insights.run import run

    return run(
        companies=options.companies,
        processes=options.processes,
        tell=lambda row: print(_line(row.to_json()), file=sys.stderr, flush=True),
    )


def _pages(options: argparse.Namespace) -> dict[str, Any] | None:
    from tesselle.ops.bench import pages, visits

    try:
        return pages.run(
            posts=options.posts,
            snapshots=options.snapshots,
            connections=options.connections,
            visits=options.visits,
        )
    except visits.PageFailedError as failed:
        print(f"tesselle bench pages: {failed}", file=sys.stderr)
        return None


def _tell(figures: dict[str, Any], indent: str = "") -> None:
    for name, value in figures.items():
        if name == "rows":
            for row in value:
                print(indent + _line(row))
        elif isinstance(value, dict):
            print(f"{indent}{name}")
            _tell(value, indent + "  ")
        else:
            print(f"{indent}{name:>24}  {value}")


def _line(row: dict[str, Any]) -> str:
    return f"{row['id']:>4}  {'ok ' if row['ok'] else 'NOT'}  {row['what']}: {row['value']}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
