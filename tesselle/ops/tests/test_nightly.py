from datetime import UTC, datetime, timedelta

import pytest

from tesselle.ops.nightly import is_due

NIGHT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "hours_since", "due"),
    [(NIGHT, 24, True), (NIGHT, 1, False), (NOON, 9, False), (NOON, 33, False), (NOON, 40, True)],
)
def test_a_backup_is_due_once_a_night_and_by_day_only_when_a_night_was_missed(now, hours_since, due):
    assert is_due(now, now - timedelta(hours=hours_since)) is due


def test_a_new_installation_waits_for_its_first_night():
    assert not is_due(NOON, None)
    assert is_due(NIGHT, None)
