"""How a text begins in one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.domain.text.opening import first_words


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Une terrasse à Lutry.", "Une terrasse à Lutry."),
        ("  Le titre \n\nLe reste", "Le titre"),
        ("Un poseur cherché pour le printemps. Ce que nous offrons", "Un poseur cherché pour le printemps…"),
        ("Une crédence en métro craie, quinconce serrée", "Une crédence en métro craie…"),
        ("", ""),
    ],
)
def test_a_long_line_ends_at_a_word_without_another_mark(text: str, begins: str):
    assert first_words(text, 39) == begins


@given(st.text(), st.integers(min_value=2, max_value=200))
def test_it_is_never_longer_and_never_of_two_lines(text: str, most: int):
    begins = first_words(text, most)

    assert len(begins) <= most
    assert "\n" not in begins
