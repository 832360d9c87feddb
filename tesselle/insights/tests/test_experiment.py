import math
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.insights.experiment import ENOUGH, Pair, Verdict, discoveries, effect, evidence, verdict
from tesselle.insights.power import RATIOS, chance_of_verdict, smallest_seen

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


def made(random: Random, ratio: float, pairs: int) -> list[Pair]:
    def luck() -> float:
        return 0.65 * random.gauss(0, 1) / math.sqrt(random.gammavariate(2.5, 2) / 5)

    return [Pair(30 * math.exp(luck()), 30 * ratio * math.exp(luck())) for _ in range(pairs)]


def test_four_in_five_intervals_of_the_effect_hold():
    random = Random(5)
    held = 0
    for _ in range(150):
        ratio = math.exp(random.gauss(0, 0.4))
        low, high = effect(made(random, ratio, 26)).interval
        held += low <= math.log(ratio) <= high
    assert 0.70 <= held / 150 <= 0.90


def test_arms_that_are_alike_are_told_so_only_after_many_pairs():
    random = Random(6)
    few, many = effect(made(random, 1.0, 10)), effect(made(random, 1.0, 600))
    assert few.alike < 0.5 < many.alike


def test_the_price_is_what_experiments_cost():
    random = Random(8)
    luck = 0.87
    pairs = [
        [Pair(30 * math.exp(random.gauss(0, luck)), 60 * math.exp(random.gauss(0, luck))) for _ in range(26)]
        for _ in range(150)
    ]
    share = sum(max(evidence(one)) >= ENOUGH for one in pairs) / len(pairs)
    assert abs(share - chance_of_verdict(luck, 2.0, 26)) < 0.13
    assert smallest_seen(luck, 26) == 2.0


@given(st.floats(0.3, 1.5), st.sampled_from(RATIOS), st.integers(3, 150))
def test_more_pairs_are_never_worse(luck: float, ratio: float, pairs: int):
    assert chance_of_verdict(luck, ratio, pairs) <= chance_of_verdict(luck, ratio, pairs + 1) + 1e-9
