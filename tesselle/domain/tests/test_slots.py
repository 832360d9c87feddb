"""The next free slot, over clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tesselle.domain.local_time import resolve
from tesselle.domain.slots import WeeklySlot, next_free, upcoming

ZURICH = "Europe/Zurich"
ZONES = st.sampled_from(
    [ZURICH, "America/St_Johns", "Pacific/Apia", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]
)
slots = st.sets(
    st.builds(
        WeeklySlot, st.integers(0, 6), st.times(max_value=time(23, 59)).map(lambda t: time(t.hour, t.minute))
    ),
    min_size=1,
    max_size=8,
)
instants = st.integers(1_322_700_000, 1_893_456_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))

MONDAY_NINE = WeeklySlot(0, time(9))


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


@given(slots, ZONES, instants)
def test_the_next_slot_lies_ahead_and_less_than_ten_days_away(
    week: set[WeeklySlot], zone: str, now: datetime
) -> None:
    coming = next_free(week, zone, now)

    assert coming is not None
    assert now < coming.at <= now + timedelta(days=10)
    assert WeeklySlot(coming.local.weekday(), coming.local.time()) in week
    assert resolve(coming.local, zone) == coming.at


@given(slots, ZONES, instants, st.integers(0, 12))
def test_filling_slots_one_after_the_other_never_doubles_one_and_never_goes_back(
    week: set[WeeklySlot], zone: str, now: datetime, number: int
) -> None:
    taken: list[datetime] = []
    for _ in range(number):
        coming = next_free(week, zone, now, taken)
        assert coming is not None
        taken.append(coming.at)

    assert taken == sorted(set(taken))


@given(slots, ZONES, instants)
def test_nothing_free_is_passed_over(week: set[WeeklySlot], zone: str, now: datetime) -> None:
    coming = next_free(week, zone, now)
    assert coming is not None
    first = now.astimezone(ZoneInfo(zone)).date() - timedelta(days=3)
    days: list[date] = [first + timedelta(days=offset) for offset in range(16)]
    every = [resolve(datetime.combine(d, s.at), zone) for d in days for s in week if s.weekday == d.weekday()]

    assert coming.at == min(instant for instant in every if instant > now)


def test_nine_stays_nine_over_the_clock_changes() -> None:
    before, after = local("2027-03-22T09:00"), local("2027-03-29T09:00")
    comings = list(upcoming([MONDAY_NINE], ZURICH, resolve(before, ZURICH) - timedelta(hours=1)))

    assert [one.local for one in comings[:2]] == [before, after]
    assert comings[1].at - comings[0].at == timedelta(days=7) - timedelta(hours=1)


def test_a_skipped_time_moves_behind_the_gap_and_meets_its_neighbour_once() -> None:
    now = resolve(local("2027-03-28T00:00"), ZURICH)
    week = [WeeklySlot(6, time(2, 30)), WeeklySlot(6, time(3, 30))]

    first, second = list(upcoming(week, ZURICH, now))[:2]

    assert first.at == resolve(local("2027-03-28T03:30"), ZURICH)
    assert second.local == local("2027-04-04T02:30")


def test_a_doubled_time_comes_once_at_its_first_coming() -> None:
    now = resolve(local("2026-10-25T00:00"), ZURICH)

    first, second = list(upcoming([WeeklySlot(6, time(2, 30))], ZURICH, now))[:2]

    assert first.at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert second.local == local("2026-11-01T02:30")


def test_a_slot_is_taken_within_its_minute() -> None:
    now = resolve(local("2026-11-23T08:00"), ZURICH)
    nine = resolve(local("2026-11-23T09:00"), ZURICH)

    coming = next_free([MONDAY_NINE], ZURICH, now, [nine + timedelta(seconds=40)])

    assert coming is not None and coming.local == local("2026-11-30T09:00")


def test_without_slots_there_is_no_next_one() -> None:
    assert next_free([], ZURICH, datetime(2026, 11, 23, tzinfo=UTC)) is None
