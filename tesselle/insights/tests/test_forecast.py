import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.insights import forecast
from tesselle.insights.anomalies import is_unusual, level_changes
from tesselle.insights.calibration import NARROWEST, WIDEST, recalibrated


def test_four_weeks_of_followers_are_too_few_for_a_forecast():
    assert forecast.followers([100, 101, 102, 103], 4, monthly_growth=0.01) is None


def test_steady_growth_goes_on():
    history = [1000 * 1.005**week for week in range(30)]

    found = forecast.followers(history, 10, monthly_growth=0.02)

    assert found is not None
    assert found.low < history[-1] * 1.005**10 < found.high


def test_further_ahead_is_less_sure():
    history = [1000.0, 1010, 1005, 1020, 1032, 1030, 1041, 1050, 1049, 1060]

    near = forecast.followers(history, 2, monthly_growth=0.01)
    far = forecast.followers(history, 12, monthly_growth=0.01)

    assert near is not None and far is not None
    assert far.high - far.low > near.high - near.low


@given(st.integers(1, 30))
def test_weeks_that_resemble_their_neighbours_vary_together_as_their_covariances_say(weeks):
    apart = np.abs(np.subtract.outer(np.arange(weeks), np.arange(weeks)))

    assert forecast._summed(weeks) == pytest.approx((forecast.FOLLOWER_AUTOCORRELATION**apart).sum())


def test_one_week_that_ran_away_does_not_widen_what_is_foretold_for_months():
    ordinary = [20.0, 26, 18, 22, 30, 17, 21, 25, 19, 23, 27, 20, 24, 18, 22, 26, 21, 19, 25, 22]
    runaway = [*ordinary[:5], 900.0, *ordinary[6:]]

    def width(history: list[float]) -> float:
        found = forecast.weekly(history, 1)
        assert found is not None
        return math.log((found.high + 0.5) / (found.low + 0.5))

    # By the mean of squares it would be five times as wide.
    assert width(runaway) < 3 * width(ordinary)


def test_a_weekly_figure_is_not_foretold_beyond_a_third_of_its_history():
    assert forecast.weekly([10.0] * 12, 5) is None
    assert forecast.weekly([10.0] * 12, 4) is not None


@given(st.lists(st.floats(0, 5000), min_size=4, max_size=60))
def test_a_weekly_forecast_is_ordered_and_never_negative(history):
    found = forecast.weekly(history, 1)

    assert found is not None
    assert 0 <= found.low <= found.middle <= found.high


def test_the_chance_of_a_goal_falls_with_the_goal():
    found = forecast.Range(100, 80, 125)

    assert forecast.chance_of(100, found) == pytest.approx(0.5, abs=0.02)
    assert forecast.chance_of(80, found) == pytest.approx(0.9, abs=0.03)
    assert forecast.chance_of(200, found) < 0.01


def test_intervals_that_miss_too_often_widen_and_stay_within_bounds():
    assert recalibrated(1.0, missed=True) > 1.0 > recalibrated(1.0, missed=False)

    multiplier = 1.0
    for _ in range(1000):
        multiplier = recalibrated(multiplier, missed=True)
    assert multiplier == WIDEST
    for _ in range(1000):
        multiplier = recalibrated(multiplier, missed=False)
    assert multiplier == NARROWEST


def test_a_lasting_change_of_level_is_noticed_and_ordinary_luck_is_not():
    ordinary = [0.5, 0.2, 0.8, 0.4, 0.6, 0.3, 0.7] * 10

    assert level_changes(ordinary) == []
    assert level_changes([*ordinary, *[0.95] * 10])[0] > len(ordinary)


def test_one_post_in_a_hundred_is_unusual():
    assert is_unusual(0.004) and is_unusual(0.996)
    assert not is_unusual(0.006)
