"""Whether a goal will be reached: honest chances, from histories that are long enough."""

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.insights import goals


def weekly(random: Random, weeks: int) -> list[float]:
    """A level that hardly wanders, and luck."""
    return [round(40 * math.exp(random.gauss(0, 0.35))) for _ in range(weeks)]


def test_four_weeks_ahead_four_in_five_sums_lie_in_the_fan():
    random, held = Random(3), 0
    for _ in range(120):
        past = weekly(random, 28)
        found = goals.outlook("sum", past[:24], 4, 150.0)
        assert found is not None
        held += found.fan[-1].low <= sum(past[24:28]) <= found.fan[-1].high
    assert 0.72 <= held / 120 <= 0.95


@pytest.mark.parametrize("kind", ["sum", "share", "level"])
def test_a_goal_far_below_is_on_the_way_and_one_far_above_badly_begun(kind: goals.Kind):
    history = [100.0 + week % 3 for week in range(30)]
    usual = 404.0 if kind == "sum" else 101.0
    low, high = (goals.outlook(kind, history, 5, usual * share) for share in (0.5, 2.0))

    assert low is not None and high is not None
    assert goals.state_of(low.chance) == "good_way" and low.lacking == 0
    assert goals.state_of(high.chance) == "badly_begun" and high.lacking > 0


def test_nothing_is_foretold_beyond_a_third_of_the_history():
    assert goals.outlook("sum", [10.0] * 12, 4, 50) is not None
    assert goals.outlook("sum", [10.0] * 12, 5, 50) is None
    assert goals.outlook("sum", [10.0] * 3, 1, 50) is None


def test_after_an_unusual_week_less_is_to_be_expected_without_any_change():
    calm = goals.without_change("sum", [40.0, 44, 38, 41, 43, 39, 40, 42, 41, 160], 3)

    # The last of the four weeks counted is the unusual one itself; the three to come are half of it.
    assert calm is not None and 3 * 40 < calm.middle - 160 < 3 * 90


@given(
    st.lists(st.floats(0, 1e5), min_size=6, max_size=40),
    st.sampled_from(["sum", "share", "level"]),
    st.floats(1, 1e5),
)
def test_a_fan_is_ordered_and_a_chance_is_one(history: list[float], kind: goals.Kind, goal: float):
    weeks = min(2, goals.weeks_foretold(kind, len(history)))
    found = goals.outlook(kind, history, weeks, goal)
    if found is not None:
        assert 0 <= found.chance <= 1 and len(found.fan) == weeks
        assert all(one.low <= one.middle <= one.high for one in found.fan)


def test_a_goal_that_one_post_alone_reaches_is_told():
    assert goals.leans_on_one([10, 12, 9, 11, 200], 100, 242)
    assert not goals.leans_on_one([50, 52, 49, 51, 60], 100, 262)
    assert not goals.leans_on_one([10, 12, 9, 11, 200], 300, 242)
