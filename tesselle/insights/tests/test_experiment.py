import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.insights.experiment import Pair, Verdict, discoveries, evidence, verdict

SIZES = (3.0, 9.0, 1.0, 20.0, 6.0, 2.0, 14.0, 5.0)


def turned(sizes, signs):
    return [Pair(4.0, size) if sign > 0 else Pair(size, 4.0) for size, sign in zip(sizes, signs, strict=True)]


def test_under_fair_coins_the_evidence_is_one_on_average():
    """Every way eight coins can fall: the promise is exact, whatever the sizes."""
    total = sum(evidence(turned(SIZES, signs))[-1] for signs in product((1, -1), repeat=8))

    assert total / 2**8 == pytest.approx(1.0, abs=1e-12)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=40))
def test_evidence_never_falls_to_zero_or_below(counts):
    assert all(value > 0 for value in evidence([Pair(a, b) for a, b in counts]))


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=40))
def test_the_two_arms_are_treated_alike(counts):
    there = evidence([Pair(a, b) for a, b in counts])
    back = evidence([Pair(b, a) for a, b in counts])

    assert there == pytest.approx(back)


def test_equal_outcomes_say_nothing():
    assert evidence([Pair(7, 7)] * 10) == [1.0] * 10


def test_the_better_arm_is_named():
    assert verdict([Pair(10, 40)] * 30, planned=30) is Verdict.B_BETTER
    assert verdict([Pair(40, 10)] * 30, planned=30) is Verdict.A_BETTER


def test_a_test_that_found_nothing_by_its_end_is_undecided():
    assert verdict([Pair(10, 12), Pair(12, 10)] * 13, planned=26) is Verdict.UNDECIDED
    assert verdict([Pair(10, 12)], planned=26) is Verdict.RUNNING


def test_what_was_expected_beforehand_is_taken_out():
    assert Pair(10, 20, 0.0, math.log(20.5 / 10.5)).difference == pytest.approx(0)


def test_of_several_tests_only_strong_ones_are_called_found():
    assert discoveries([40.0, 25.0, 3.0, 0.5]) == [True, True, False, False]
    assert discoveries([11.0, 1.0, 1.0]) == [False, False, False]
