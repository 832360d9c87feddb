"""`tesselle insights`: the engine of the pages, run on any table of posts."""

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.ops.cli import print_json
from tesselle.ops.errors import OpsError

if TYPE_CHECKING:
    from tesselle.insights.table import Table


SLOTS_SHOWN = 3
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="file", required=True, type=Path, help="a table of posts (CSV or XLSX)"
    )
    parser.add_argument("--map", type=Path, help='JSON: {"our name": "the name in the table"}')
    parser.add_argument(
        "--month-first", action="store_true", help="where no date tells, 03/04/2026 is the 4th of March"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")


def run(options: argparse.Namespace) -> int:
    # On few cores the threaded library is many times slower at these sizes.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    answer = told_of(_bytes(options.file), _names(options.map), month_first=options.month_first)
    if options.json:
        print_json(answer)
    else:
        _print(answer)
    return 0 if answer["metrics"] else 1


def told_of(data: bytes, names: dict[str, str], *, month_first: bool = False) -> dict[str, Any]:
    """For each metric of the table the error out of sample, the findings and the best slots."""
    from dataclasses import asdict

    from tesselle.insights.proving import prove
    from tesselle.insights.summary import summarise
    from tesselle.insights.table import posts_of

    table = _table(data, names, month_first)
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
        "headings": dict(table.headings),
        "unused": list(table.unused),
        "problems": [asdict(problem) for problem in table.problems],
        "metrics": metrics,
    }


def _table(data: bytes, names: dict[str, str], month_first: bool) -> "Table":
    """A workbook's sheet with the most columns that we know."""
    from tesselle.domain.cells import Order
    from tesselle.insights.columns import find
    from tesselle.insights.table import read_rows, read_table

    usual = Order.MONTH if month_first else Order.DAY
    if not data.startswith(b"PK"):
        return read_table(data, names, usual)
    from tesselle.plan.rhythm.tables import Bounds, workbook_sheets

    try:
        sheets = workbook_sheets(data, Bounds(rows=100_000, columns=200))
    except RuleError as refused:
        raise OpsError(refused.message) from refused
    return read_rows(max(sheets, key=lambda rows: len(find(rows, names)[1])), names, usual)


def _print(answer: dict[str, Any]) -> None:
    print(f"{answer['rows']} posts; read as:")
    for ours, theirs in answer["headings"].items():
        print(f"  {ours} = “{theirs}”")
    if answer["unused"]:
        print(f"  not used: {', '.join(answer['unused'])}")
    for problem in answer["problems"]:
        print(f"  row {problem['row']}: {problem['what']}" if problem["row"] else f"  {problem['what']}")
    for name, found in answer["metrics"].items():
        print(f"{name}: {found['posts']} posts, luck explains {found['luck_share']:.0%} of what you see")
        _print_metric(found)


def _print_metric(found: dict[str, Any]) -> None:
    if found["error"] is not None:
        others = {who: error for who, error in found["error"].items() if who not in ("tested", "model")}
        said = ", ".join(f"{who.replace('_', ' ')} {error:.2f}" for who, error in others.items())
        error = found["error"]
        print(f"  error on {error['tested']} later posts: {error['model']:.2f} (against {said})")
    for one in found["findings"]:
        print(
            f"  {one['factor']} {one['level'] or '-'}: {one['middle']:+.0%} ({one['low']:+.0%} to "
            f"{one['high']:+.0%}), {one['certainty']} ({one['probability']:.0%}), {one['posts']} posts"
        )
    if not found["findings"]:
        print("  nothing can be told yet")
    for slot in found["slots"][:SLOTS_SHOWN]:
        print(
            f"  best slots: {slot['channel'] or 'all'} {_DAYS[slot['slot'] // 24]} {slot['slot'] % 24}:00, "
            f"{slot['gain']:+.0%} ({slot['low']:+.0%} to {slot['high']:+.0%}), tried {slot['tried']} times"
        )


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
