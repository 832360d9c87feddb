"""What was said before is known again, with a word changed or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.domain.text.nearness import nearness, pairs_of

SAID = "Une salle de bain en zellige vert, posée à Lutry en onze jours"


@pytest.mark.parametrize(
    ("again", "near"),
    [
        (f"{SAID} ! #zellige https://example.ch/lutry", True),
        ("Une SALLE de bain en zellige bleu, posée à Lutry en onze jours", True),
        ("Une cuisine en terrazzo clair, posée à Vevey en six jours", False),
        ("Zellige vert", False),
    ],
)
def test_the_same_words_are_near_and_another_job_is_not(again: str, near: bool):
    assert (nearness(pairs_of(SAID), pairs_of(again)) >= 0.6) is near


@given(st.text(max_size=80), st.text(max_size=80))
def test_it_is_the_same_both_ways_and_never_over_one(one: str, other: str):
    a, b = pairs_of(one), pairs_of(other)
    assert nearness(a, b) == nearness(b, a)
    assert 0 <= nearness(a, b) <= 1
    assert nearness(a, a) == (1 if a else 0)
