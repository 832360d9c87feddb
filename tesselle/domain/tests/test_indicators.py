from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.domain.indicators import INTERACTIONS, Formula, ages_reached, interactions_of, work_out
from tesselle.domain.metrics import Metric

TOLD = frozenset(INTERACTIONS)
ALL = {"reactions": 5, "comments": 2, "shares": 1, "saves": 0}


def test_a_sum_lacks_what_a_reading_lacks():
    assert interactions_of(ALL, TOLD) == 8
    assert interactions_of({"reactions": 5, "comments": 2, "saves": 0}, TOLD) is None


def test_what_a_network_never_tells_is_no_part_of_its_sum():
    worked = work_out(
        Formula(INTERACTIONS), {"reactions": 5, "comments": 2}, {Metric.REACTIONS, Metric.COMMENTS}
    )

    assert worked.value == 7
    assert worked.never == (Metric.SHARES, Metric.SAVES)


def test_a_network_that_tells_nothing_has_no_interactions_rather_than_none():
    assert interactions_of({}, frozenset()) is None


@pytest.mark.parametrize("reach", [None, 0])
def test_without_a_denominator_there_is_no_rate(reach):
    values = ALL if reach is None else {**ALL, "reach": reach}

    assert work_out(Formula(INTERACTIONS, Metric.REACH), values, TOLD).value is None


def test_a_rate_is_a_fraction():
    assert work_out(Formula(INTERACTIONS, Metric.REACH), {**ALL, "reach": 80}, TOLD).value == 0.1


@pytest.mark.parametrize(
    ("hours", "days"), [(23, ()), (24, (1,)), (30, (1,)), (31, ()), (7 * 24, (7,)), (210, (7,)), (211, ())]
)
def test_a_reading_stands_for_an_age_it_has_reached_and_not_long_passed(hours, days):
    assert ages_reached(timedelta(hours=hours)) == days


@given(st.dictionaries(st.sampled_from([one.value for one in INTERACTIONS]), st.integers(0, 10**9)))
def test_a_sum_is_of_all_parts_or_missing(values):
    found = interactions_of(values, TOLD)

    assert found == (sum(values.values()) if len(values) == len(TOLD) else None)
