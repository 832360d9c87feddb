"""Spreading posts over days."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tesselle.domain.spread import Waiting, days_on, mixed

WEDNESDAY = date(2026, 11, 25)


def subjects(posts: list[Waiting]) -> list[int]:
    return [post.subject for post in posts]


def test_tuesdays_and_fridays_of_two_weeks():
    assert [f"{day:%d}" for day in days_on(WEDNESDAY, {1, 4}, 2)] == ["27", "01", "04", "08"]


def test_half_a_quarter_a_quarter():
    posts = (
        [Waiting(n, 1) for n in range(4)] + [Waiting(n, 2) for n in (4, 5)] + [Waiting(n, 3) for n in (6, 7)]
    )

    assert subjects(mixed(posts, {1: 50, 2: 25, 3: 25})) == [1, 2, 3, 1, 1, 2, 3, 1]


def test_without_shares_subjects_take_turns():
    posts = [Waiting(n, 1) for n in range(3)] + [Waiting(n, 2) for n in range(3, 6)]

    assert subjects(mixed(posts, {})) == [1, 2, 1, 2, 1, 2]


@given(
    st.lists(st.integers(0, 4), max_size=40),
    st.dictionaries(st.integers(0, 4), st.floats(1, 100), max_size=5),
)
def test_none_is_lost_and_each_subject_keeps_its_order(given_subjects: list[int], shares: dict[int, float]):
    posts = [Waiting(number, subject) for number, subject in enumerate(given_subjects)]

    found = mixed(posts, shares)

    assert sorted(post.id for post in found) == [post.id for post in posts]
    for subject in set(given_subjects):
        ids = [post.id for post in found if post.subject == subject]
        assert ids == sorted(ids)


@given(st.lists(st.floats(1, 100), min_size=2, max_size=5), st.integers(1, 30))
def test_no_subject_runs_ahead_of_its_share_by_more_than_one(weights: list[float], length: int):
    shares = dict(enumerate(weights))
    posts = [Waiting(subject * 100 + number, subject) for subject in shares for number in range(60)]

    seen = subjects(mixed(posts, shares))[:length]

    for subject, weight in shares.items():
        assert seen.count(subject) <= weight / sum(weights) * length + 1
