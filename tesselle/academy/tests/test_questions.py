"""What is asked about figures: never the same again where there is another, and nothing that is easily guessed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.academy.testing.figures import ReadPost
from tesselle.academy.testing.forms import CountField
from tesselle.academy.testing.questions import HARD_TO_GUESS, drawn, questions_of

POSTS = [
    ReadPost(1, "Chantier fini", "Facebook", 120, {"impressions": 2400, "reactions": 90, "comments": 2}),
    ReadPost(2, "Équipe", "Facebook", 60, {"impressions": 900, "reactions": 55, "comments": 5}),
    ReadPost(3, "Soldes", "Facebook", 60, {"impressions": 1100, "reactions": 55}),
]
numbers = st.integers(0, 5000)
figures = st.dictionaries(st.sampled_from(["impressions", "reach", "reactions", "saves"]), numbers)
posts_of_any_kind = st.lists(
    st.builds(ReadPost, numbers, st.just("x"), st.just("y"), numbers, figures),
    unique_by=lambda one: one.delivery_id,
)


@given(posts_of_any_kind)
def test_whoever_was_wrong_is_asked_another_question_where_there_is_one(posts: list[ReadPost]):
    missed: list[str] = []
    keys = [one.key for one in questions_of(posts)]
    for _ in range(2 * len(keys)):
        question = drawn(posts, missed)
        assert question is not None
        missed.append(question.key)

    assert missed == keys * 2
    assert len(set(keys)) == len(keys)


@given(posts_of_any_kind)
def test_a_number_that_is_easily_guessed_is_asked_for_only_where_there_is_no_other(posts: list[ReadPost]):
    asked = [one.number for one in questions_of(posts)]

    assert all(one >= HARD_TO_GUESS for one in asked) or all(one < HARD_TO_GUESS for one in asked)


def test_posts_that_are_alike_may_both_be_named():
    lowest = next(one for one in questions_of(POSTS) if one.key == "interactions-lowest")

    assert (lowest.posts, lowest.number) == (frozenset({2, 3}), 60)


def test_where_all_is_alike_nothing_is_asked():
    assert drawn([replace(one, interactions=7, figures={}) for one in POSTS], []) is None
    assert drawn(POSTS[:1], []) is None


@pytest.mark.parametrize("typed", ["2400", "2 400", "2\u202f400", "2’400", "2'400", " 2,400 "])
def test_a_figure_is_typed_as_a_page_shows_it(typed: str):
    assert CountField().clean(typed) == 2400
