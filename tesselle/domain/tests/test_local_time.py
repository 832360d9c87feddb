"""A plan is a local time: over clock changes, and over changes of the rules themselves."""

import struct
import zoneinfo
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.domain.local_time import OURS, resolve, use_our_zone_data

at = datetime.fromisoformat

ZONES = st.sampled_from(
    [
        *("Europe/Zurich", "Europe/London", "America/New_York", "America/St_Johns", "Asia/Kathmandu", "UTC"),
        *("Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "America/Sao_Paulo", "Asia/Tehran"),
        "Antarctica/Troll",  # two hours at once
    ]
)
LOCALS = st.datetimes(at("1985-01-01 00:00"), at("2037-12-31 00:00")).map(
    lambda local: local.replace(second=0, microsecond=0)
)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
MOST = DAY  # Samoa once left out a whole day


def shown(instant: datetime, zone: str) -> datetime:
    """What a clock on the wall says then."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def near_a_change(zone: str, local: datetime) -> datetime | None:
    """A day before the next change of that zone's clock ends, if one comes within a year."""
    day = local.replace(tzinfo=UTC)
    for _ in range(366):
        today, tomorrow = ((day + more).astimezone(ZoneInfo(zone)) for more in (timedelta(0), DAY))
        if today.utcoffset() != tomorrow.utcoffset():
            return day
        day += DAY
    return None


AROUND_CHANGES = st.tuples(ZONES, LOCALS, st.integers(-1500, 3000))


@given(ZONES, LOCALS)
def test_the_clock_on_the_wall_shows_the_planned_time_or_a_later_one_when_it_was_skipped(zone, local):
    instant = resolve(local, zone)

    assert instant.tzinfo is UTC
    assert timedelta(0) <= shown(instant, zone) - local <= MOST


@given(AROUND_CHANGES)
def test_a_skipped_time_moves_forward_by_the_gap_and_a_doubled_one_means_its_first_coming(where):
    zone, start, minutes = where
    change = near_a_change(zone, start)
    local = shown(change or start.replace(tzinfo=UTC), zone) + minutes * MINUTE

    instant = resolve(local, zone)

    showing = [one for one in _instants_around(instant) if shown(one, zone) == local]
    if showing:
        assert instant == showing[0]
    else:
        before = instant - MOST
        gap = (shown(instant, zone) - shown(before, zone)) - MOST
        assert shown(instant, zone) - local == gap


def _instants_around(instant: datetime) -> list[datetime]:
    """Every quarter of an hour of the three hours before and after, where clock changes put things."""
    return [instant + timedelta(minutes=15 * step) for step in range(-12, 13)]


@pytest.mark.parametrize(
    ("local", "instant"),
    [
        (at("2026-03-29 02:30"), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # skipped: shows 3:30
        (at("2026-10-25 02:30"), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # doubled: summer's
        (at("2026-07-01 09:00"), datetime(2026, 7, 1, 7, 0, tzinfo=UTC)),
        (at("2026-12-01 09:00"), datetime(2026, 12, 1, 8, 0, tzinfo=UTC)),
    ],
)
def test_the_changes_of_a_year_in_zurich(local, instant):
    assert resolve(local, "Europe/Zurich") == instant


@given(LOCALS, st.integers(-12, 14), st.integers(-12, 14))
def test_under_other_rules_the_instant_moves_and_the_local_time_stays(local, old_hours, new_hours):
    path = zoneinfo.TZPATH
    with TemporaryDirectory() as folder:
        try:
            zoneinfo.reset_tzpath(to=[folder])
            instants = [
                _resolved_under(Path(folder), local, hours * 3600) for hours in (old_hours, new_hours)
            ]
        finally:
            zoneinfo.reset_tzpath(to=path)
            ZoneInfo.clear_cache(only_keys=["Test_Town"])

    assert instants[0] - instants[1] == timedelta(hours=new_hours - old_hours)
    assert [instants[0] + timedelta(hours=old_hours), instants[1] + timedelta(hours=new_hours)] == [
        local.replace(tzinfo=UTC)
    ] * 2


def _resolved_under(folder: Path, local: datetime, offset_seconds: int) -> datetime:
    """By a zone file that knows one offset (version 1 of the format)."""
    header = b"TZif" + b"\0" * 16 + struct.pack(">6l", 0, 0, 0, 0, 1, 5)
    (folder / "Test_Town").write_bytes(header + struct.pack(">lbb", offset_seconds, 0, 0) + b"TEST\0")
    ZoneInfo.clear_cache(only_keys=["Test_Town"])
    return resolve(local, "Test_Town")


def test_a_time_with_a_zone_of_its_own_is_not_a_plan():
    with pytest.raises(ValueError, match="local time"):
        resolve(datetime(2026, 7, 1, 9, 0, tzinfo=UTC), "Europe/Zurich")


def test_an_unknown_zone_is_said_to_be_one():
    with pytest.raises(zoneinfo.ZoneInfoNotFoundError):
        resolve(at("2026-07-01 09:00"), "Europe/Atlantis")


def test_the_rules_are_those_of_our_dependency_not_of_the_machine():
    path = zoneinfo.TZPATH
    try:
        use_our_zone_data()
        first, *_others = zoneinfo.TZPATH
    finally:
        zoneinfo.reset_tzpath(to=path)

    assert first == OURS
    assert (Path(first) / "Europe" / "Zurich").exists()
