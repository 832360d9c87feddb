"""The middle of many sorted lists, against all of them sorted together."""

from statistics import median as plain_median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.measure import medians
from tesselle.measure.medians import median, nth

COUNTS = st.integers(0, 10**9)
RATES = st.floats(0, 5, allow_nan=False)
LISTS = st.one_of(*(st.lists(st.lists(one, max_size=12).map(sorted), max_size=8) for one in (COUNTS, RATES)))


@given(LISTS)
def test_each_place_is_that_of_all_of_them_in_order(lists: list[list[float]]):
    together = sorted(one for some in lists for one in some)

    assert [nth(lists, place) for place in range(len(together))] == together


@given(LISTS)
def test_the_median_is_that_of_all_of_them_however_many_there_are(lists: list[list[float]]):
    together = [one for some in lists for one in some]

    with pytest.MonkeyPatch.context() as patched:
        by_sorting = median(lists)
        patched.setattr(medians, "FEW", 0)
        by_looking = median(lists)

    assert by_sorting == by_looking
    assert by_sorting == (pytest.approx(plain_median(together)) if together else None)


def test_there_is_no_place_beyond_the_last():
    with pytest.raises(IndexError):
        nth([[1, 2], [3]], 3)
