"""When something that comes again comes."""

from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.domain.local_time import resolve
from tesselle.domain.repeating import Unit, comings

LOCAL = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1))  # noqa: DTZ001 - wall time


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_every_other_week():
    assert comings(at("2026-12-22T09:00"), Unit.WEEK, 2, 3) == [
        at("2026-12-22T09:00"),
        at("2027-01-05T09:00"),
        at("2027-01-19T09:00"),
    ]


def test_the_last_of_the_month_comes_back_after_february():
    days = [one.day for one in comings(at("2027-01-31T09:00"), Unit.MONTH, 1, 4)]

    assert days == [31, 28, 31, 30]


def test_its_hour_stays_when_the_clocks_change():
    found = comings(at("2027-03-25T09:00"), Unit.WEEK, 1, 2)

    assert [f"{resolve(one, 'Europe/Zurich'):%H:%M}" for one in found] == ["08:00", "07:00"]


@given(first=LOCAL, unit=st.sampled_from(Unit), every=st.integers(1, 12), times=st.integers(1, 30))
def test_each_comes_later_than_the_one_before_at_the_same_hour(
    first: datetime, unit: Unit, every: int, times: int
):
    found = comings(first, unit, every, times)

    assert len(found) == times and found[0] == first
    assert all(before < after for before, after in pairwise(found))
    assert {one.time() for one in found} == {first.time()}
    if unit is Unit.WEEK:
        assert {one.weekday() for one in found} == {first.weekday()}


@pytest.mark.parametrize("unit", [*Unit])
def test_once_is_once(unit: Unit):
    assert comings(at("2027-01-31T09:00"), unit, 1, 1) == [at("2027-01-31T09:00")]
