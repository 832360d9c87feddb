"""The core never says a network's name: a new network must be a new folder and nothing else.

Looked for outside the networks' folders: comparisons, match cases and keys of dicts in Python;
comparisons in templates and in our JavaScript. Tests, translations and documents may name them.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tesselle
from tesselle.networks import slugs

CORE = Path(tesselle.__path__[0])
ORDINARY_WORDS = {"x", "threads", "webhook", "webhooks"}
# `chaos` holds tables written by hand of what each network can tell, `bench` what a company posts on each: their point
# is to be apart.
LEFT_OUT = {"networks", "chaos", "bench", "tests", "migrations", "locale", "vendor", "node_modules"}


def names() -> set[str]:
    return set(slugs()) - ORDINARY_WORDS


def sources(*endings: str) -> list[Path]:
    return [
        path
        for path in sorted(CORE.rglob("*"))
        if path.suffix in endings and not LEFT_OUT & set(path.relative_to(CORE).parts)
    ]


def _texts(node: ast.AST) -> Iterator[ast.Constant]:
    """String constants in an expression, those inside a tuple, list or set included."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner


def decided_by_name(source: str, forbidden: set[str]) -> list[tuple[int, str]]:
    """Lines of Python where something depends on a network's name."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(source)):
        parts: list[ast.expr] = []
        match node:
            case ast.Compare():
                parts = [node.left, *node.comparators]
            case ast.MatchValue():
                parts = [node.value]
            case ast.Dict():
                parts = [key for key in node.keys if key is not None]
        found += [
            (text.lineno, text.value) for part in parts for text in _texts(part) if text.value in forbidden
        ]
    return found


def compared_in_markup(source: str, forbidden: set[str]) -> list[tuple[int, str]]:
    """Lines of a template or a script where a quoted name stands next to a comparison."""
    quoted = re.compile(rf"""(?:==|!=|\bin\b|\bcase\b)\s*\(?\[?\s*["']({"|".join(sorted(forbidden))})["']""")
    return [
        (number, match[1])
        for number, line in enumerate(source.splitlines(), start=1)
        for match in quoted.finditer(line)
    ]


@pytest.mark.parametrize("path", sources(".py"), ids=lambda path: str(path.relative_to(CORE)))
def test_no_python_outside_a_network_decides_by_its_name(path: Path):
    assert decided_by_name(path.read_text(), names()) == []


@pytest.mark.parametrize("ending", [".html", ".js"])
def test_no_page_or_script_decides_by_a_networks_name(ending: str):
    found = {
        str(path.relative_to(CORE)): told
        for path in sources(ending)
        if (told := compared_in_markup(path.read_text(), names()))
    }

    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "if network == 'mosaic': pass",
        "if slug in {'mosaic', 'other'}: pass",
        "match slug:\n    case 'mosaic': pass",
        "limits = {'mosaic': 300}",
    ],
)
def test_it_would_see_a_name(source: str):
    assert [name for _line, name in decided_by_name(source, {"mosaic"})] == ["mosaic"]


def test_it_would_see_a_name_in_a_page_and_lets_ordinary_text_pass():
    assert compared_in_markup('{% if slug == "mosaic" %}', {"mosaic"}) == [(1, "mosaic")]
    assert compared_in_markup('<a href="/mosaic">A mosaic</a>', {"mosaic"}) == []
    assert decided_by_name("title = 'mosaic'", {"mosaic"}) == []
