"""`tesselle insights`: the engine of the pages, run on any table of posts."""

import argparse
import json
import os
from pathlib import Path
from typing import Any

from tesselle.domain.messages import N_, Message
from tesselle.ops.cli import print_json
from tesselle.ops.errors import OpsError


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="file", required=True, type=Path, help="a table of posts (CSV)")
    parser.add_argument("--map", type=Path, help='JSON: {"our name": "the name in the table"}')
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")


def run(options: argparse.Namespace) -> int:
    # On few cores the threaded library is many times slower at these sizes.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    answer = told_of(_bytes(options.file), _names(options.map))
    if options.json:
        print_json(answer)
    else:
        _print(answer)
    return 0 if answer["metrics"] else 1


def told_of(data: bytes, names: dict[str, str]) -> dict[str, Any]:
    """For each metric of the table the error out of sample, the findings and the best slots."""
    from dataclasses import asdict

    from tesselle.insights.proving import prove
    from tesselle.insights.summary import summarise
    from tesselle.insights.table import posts_of, read_table

    table = read_table(data, names)
    metrics = {}
    for outcome in table.outcomes:
        posts = posts_of(table, outcome)
        assert posts is not None
        proof, found = prove(posts), summarise(posts)
        metrics[outcome] = {
            "posts": found.posts,
            "error": None if proof is None else asdict(proof),
            "luck_share": round(found.luck_share, 3),
            "findings": [asdict(one) for one in found.findings],
            "ideas": [asdict(one) for one in found.ideas],
            "slots": [asdict(one) for one in found.slots],
        }
    return {
        "rows": len(table.rows),
        "columns": list(table.columns),
        "problems": [asdict(problem) for problem in table.problems],
        "metrics": metrics,
    }


def _print(answer: dict[str, Any]) -> None:
    print(f"{answer['rows']} posts; columns: {', '.join(answer['columns'])}")
    for problem in answer["problems"]:
        print(f"  row {problem['row']}: {problem['what']}")
    for name, found in answer["metrics"].items():
        print(f"{name}: {found['posts']} posts, luck explains {found['luck_share']:.0%} of what you see")
        for one in found["findings"]:
            print(
                f"  {one['factor']} {one['level'] or '-'}: {one['middle']:+.0%} ({one['low']:+.0%} to "
                f"{one['high']:+.0%}), {one['certainty']} ({one['probability']:.0%}), {one['posts']} posts"
            )
        if not found["findings"]:
            print("  nothing can be told yet")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        sentence = N_("%(path)s cannot be read (%(reason)s).")
        raise OpsError(
            Message(sentence, {"path": str(path), "reason": error.strerror or str(error)})
        ) from error


def _names(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        names = json.loads(_bytes(path))
    except ValueError as error:
        sentence = N_("%(path)s is not JSON (%(reason)s).")
        raise OpsError(Message(sentence, {"path": str(path), "reason": str(error)})) from error
    if not isinstance(names, dict):
        raise OpsError(Message(N_("%(path)s must hold one JSON object."), {"path": str(path)}))
    return {str(ours): str(theirs) for ours, theirs in names.items()}
