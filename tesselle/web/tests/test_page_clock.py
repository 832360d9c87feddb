"""What a workspace's clock showed at a real instant."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tesselle.web import page_clock
from tesselle.web.page_clock import Clock, Point

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
_SECONDS = st.integers(0, 10**6)


@st.composite
def lives(draw: st.DrawFn) -> tuple[Clock, list[Point]]:
    """A clock that was moved some times, and never back: so long it really took, and so far it came beyond that."""
    real, shift, points = NOON, timedelta(seconds=draw(st.integers(-(10**6), 10**6))), []
    for waited, took, gained in draw(
        st.lists(st.tuples(st.integers(1, 10**6), _SECONDS, _SECONDS), min_size=1, max_size=6)
    ):
        real += timedelta(seconds=waited)
        points.append((real, real + shift))
        real, shift = real + timedelta(seconds=took), shift + timedelta(seconds=gained)
        points.append((real, real + shift))
    return Clock(shift, lambda: points), points


@given(lives(), st.lists(st.integers(-(10**6), 2 * 10**7), min_size=2, max_size=8))
def test_what_came_later_is_never_told_as_earlier(
    life: tuple[Clock, list[Point]], seconds: list[int]
) -> None:
    clock, _ = life
    told = [clock.own(NOON + timedelta(seconds=one)) for one in sorted(seconds)]

    assert told == sorted(told)


@given(lives())
def test_it_is_told_as_it_showed_before_between_and_after_its_moves(life: tuple[Clock, list[Point]]) -> None:
    clock, points = life
    first, last, second = points[0], points[-1], timedelta(seconds=1)
    assume(last[0] != last[1])

    assert clock.own(first[0] - second) == first[1] - second
    assert clock.own(last[0] + second) == last[1] + second
    for next_move, began in points[2::2]:
        assert abs(clock.own(next_move - second / 2) - (began - second / 2)) < timedelta(milliseconds=1)


def test_a_real_workspace_is_asked_for_no_past() -> None:
    def past() -> list[Point]:
        raise AssertionError("its clock was never moved")

    clock = Clock(timedelta(0), past)

    assert clock.own(NOON) == NOON
    assert not clock.is_apart


def test_a_page_is_told_by_the_clock_put_around_it_and_no_other() -> None:
    ahead = Clock(timedelta(days=30))
    with page_clock.override(ahead):
        assert page_clock.current() is ahead
        with pytest.raises(ValueError), page_clock.override(Clock()):
            raise ValueError
        assert page_clock.current() is ahead

    assert not page_clock.current().is_apart
