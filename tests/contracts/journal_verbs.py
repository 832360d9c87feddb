"""The journal's verbs as the source writes them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "tesselle"
WRITERS = {"record", "tell", "tell_installation", "tell_account", "_tell", "_teller", "_factor_teller"}


def verbs_in_source() -> set[str]:
    """Whatever looks like a verb (`subject.done`) among the first arguments of the journal's writers."""
    return {verb for path in ROOT.rglob("*.py") if "tests" not in path.parts for verb in _verbs(path)}


def _verbs(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) in WRITERS and node.args:
            for inside in ast.walk(node.args[0]):
                if isinstance(inside, ast.Constant) and _is_verb(inside.value):
                    yield str(inside.value)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _is_verb(value: object) -> bool:
    return (
        isinstance(value, str) and value.count(".") == 1 and value.replace(".", "").replace("_", "").isalpha()
    )
