"""When figures are read."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tesselle.domain.schedule import next_reading_in, retry_in

AGES = st.timedeltas(timedelta(0), timedelta(days=120))


@given(AGES, AGES)
def test_an_older_post_is_never_read_more_often_than_a_younger_one(one, other):
    younger, older = (next_reading_in(age) for age in sorted((one, other)))

    assert older is None or (younger is not None and younger <= older)


@given(AGES)
def test_every_post_is_read_until_it_is_ninety_days_old_and_no_longer(age):
    assert (next_reading_in(age) is None) == (age >= timedelta(days=90))


def test_a_whole_life_is_a_bounded_number_of_readings():
    age, readings = timedelta(0), 0
    while (pause := next_reading_in(age)) is not None:
        age += pause
        readings += 1

    assert 60 <= readings <= 100


@given(st.integers(0, 10_000))
def test_a_failing_reading_waits_longer_each_time_and_at_most_a_day(failures):
    assert timedelta(minutes=5) <= retry_in(failures) <= retry_in(failures + 1) <= timedelta(days=1)
