"""What the documents name is there: files, folders, links, and every setting of the environment."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")])

# A path as code, with a folder in it and nothing that stands for something else.
_NAMED = re.compile(r"`((?:tesselle|tools|docs|measure|library|plan|publish|web)/[\w./-]+)`")
_LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
_SETTING = re.compile(r"\"(TESSELLE_[A-Z0-9_]+|PUBLIC_URL|DATABASE_URL)\"")
# For measuring, for the tests and for work on the product itself; explained where they are read.
_FOR_DEVELOPERS = {
    "TESSELLE_BENCH_NOISE",
    "TESSELLE_CHAOS_IMPORT",
    "TESSELLE_CHAOS_KEEP",
    "TESSELLE_FAILPOINT",
    "TESSELLE_SPOOL",
    "TESSELLE_STYLEGUIDE",
    "TESSELLE_TIME_SCALE",
}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_names_is_there(document: Path) -> None:
    words = document.read_text()
    named = [name for name in _NAMED.findall(words) if not _is_there(name)]
    linked = [link for link in _LINK.findall(words) if not (document.parent / link).exists()]

    assert named + linked == []


def _is_there(name: str) -> bool:
    return (ROOT / name).exists() or (ROOT / "tesselle" / name).exists()


def test_every_setting_is_in_the_guide_for_whoever_runs_it() -> None:
    read = {
        name
        for path in (ROOT / "tesselle").rglob("*.py")
        if "tests" not in path.parts
        for name in _SETTING.findall(path.read_text())
    }
    guide = (ROOT / "docs/guides/running-it.md").read_text()

    assert len(read) > 15
    assert {name for name in read - _FOR_DEVELOPERS if f"`{name}`" not in guide} == set()
