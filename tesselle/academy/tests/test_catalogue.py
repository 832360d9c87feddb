"""The data of the catalogue hold the same French as the pages."""

import re
from pathlib import Path

import pytest

from tests.contracts.test_french import ELSEWHERE, NO_BREAK

FOLDER = Path(__file__).parents[1] / "catalogue"
FRENCH = [
    (path.name, text)
    for path in sorted(FOLDER.glob("*.toml"))
    for text in re.findall(r'fr = "((?:[^"\\]|\\.)*)"', path.read_text(encoding="utf-8"))
]


def test_there_is_much_to_read():
    assert len(FRENCH) > 300


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?<!://) [;:?!»%$](?!\w)",
        r"« |«(?=\w)|\w»",
        r"[A-Za-zÀ-ÿ]'[A-Za-zÀ-ÿ]",
        *ELSEWHERE,
    ],
)
def test_the_typography_and_terms_of_the_country_hold_here_too(pattern: str):
    assert [(name, text) for name, text in FRENCH if re.search(pattern, text)] == []


def test_a_no_break_space_stands_before_tall_signs():
    assert any(f"{NO_BREAK}:" in text for _, text in FRENCH)
