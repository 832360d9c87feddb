import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from tesselle.ops.nightly import is_due, nightly_backups
from tesselle.publish.context import Context

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


def test_nothing_is_tidied_away_after_a_backup_that_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In place of Python a script that notes what it is asked, and fails."""
    asked, script, backups = tmp_path / "asked", tmp_path / "fails", tmp_path / "backups"
    script.write_text(f'#!/bin/sh\necho "$3" >> {asked}\nexit 1\n')
    script.chmod(0o700)
    backups.mkdir()
    for day in range(1, 10):
        (backups / f"nightly-2020010{day}T030000Z.tar").touch()
    monkeypatch.setattr(sys, "executable", str(script))

    async def night() -> None:
        await nightly_backups(backups)(cast(Context, None))

    asyncio.run(night())

    assert asked.read_text() == "backup\n"
    assert len(list(backups.iterdir())) == 9
