"""What a worker runs asks the database for the time, never its own machine's wall clock: a jump of
that clock can then change nothing that it does."""

import ast
from pathlib import Path

import pytest

import tesselle

ROOT = Path(tesselle.__file__).parent
FOLDERS = ("domain", "connectors", "networks", "ledger/hot", "publish", "measure")
OF_PAGES = {"measure/pages.py"}
"""Read by the web process for people; no worker runs it."""

CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("timezone", "now"),
}


def sources() -> list[Path]:
    return [
        path
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "tests" not in path.parts
        and "sandbox" not in str(path.relative_to(ROOT))
        and str(path.relative_to(ROOT)) not in OF_PAGES
    ]


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_wall_clock_is_asked(path: Path):
    asked = [
        f"line {node.lineno}: {node.value.id}.{node.attr}"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in CLOCKS
    ]

    assert asked == []
