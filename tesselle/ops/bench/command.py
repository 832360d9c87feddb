"""`tesselle bench burst|pages|memory`."""

import argparse
import json


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tesselle bench", description="Measure, on throw-away data.")
    kinds = parser.add_subparsers(dest="kind", required=True)
    burst = kinds.add_parser("burst", help="many deliveries due at one instant")
    burst.add_argument("--deliveries", type=int, default=1000)
    burst.add_argument("--latency-ms", type=int, default=300)
    burst.add_argument("--workers", type=int, default=1)
    for one in kinds.choices.values():
        one.add_argument("--json", action="store_true", help="one JSON object on the last line")
    options = parser.parse_args(argv)
    from tesselle.ops.bench.burst import run

    figures = run(deliveries=options.deliveries, latency_ms=options.latency_ms, workers=options.workers)
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:>24}  {value}")
    return 0


if __name__ == "__main__":
    import sys

    sys.exit(main(sys.argv[1:]))
