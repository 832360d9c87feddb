"""docs/algorithms/publishing.md names a test for each case: it is there."""

import re
from pathlib import Path

import pytest

import tesselle

ROOT = Path(tesselle.__file__).parent
PAGE = ROOT.parent / "docs" / "algorithms" / "publishing.md"
NAMED = re.findall(r"\| `([\w/]+\.py)::(\w+)` \|", PAGE.read_text())


@pytest.mark.parametrize(("path", "name"), NAMED, ids=lambda part: part)
def test_the_named_test_exists(path: str, name: str):
    assert re.search(rf"^(async )?def {name}\(", (ROOT / path).read_text(), re.MULTILINE)


def test_every_row_of_the_table_names_one():
    rows = [line for line in PAGE.read_text().splitlines() if line.startswith("| ")]

    assert len(rows) - 2 == len(NAMED) > 40
