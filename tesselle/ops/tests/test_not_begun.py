"""A command beside an installation that is not there, or not at this release, says so and makes nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = {
    "doctor": ["doctor"],
    "backup": ["backup", "/tmp/never.tar"],
    "export": ["export", "--workspace", "1", "/tmp/never.tar"],
    "learn": ["learn"],
    "reset-link": ["reset-link", "alice@example.org"],
    "tidy": ["tidy"],
    "truth": ["sandbox", "truth", "--workspace", "1"],
}


def run(words: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "LANGUAGE")}
    command = [sys.executable, "-m", "tesselle", *words]
    return subprocess.run(
        command, env={**clean, "LC_ALL": "C", **environment}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_where_nothing_was_started_a_command_says_so(words: list[str], tmp_path: Path) -> None:
    found = run(words, TESSELLE_DATA=str(tmp_path / "data"))

    assert found.returncode == 1
    assert found.stderr.startswith(f"tesselle: There is no installation in {tmp_path / 'data'} yet.")
    assert not (tmp_path / "data" / "postgres").exists()


def test_beside_the_demo_it_names_the_folder_of_the_demo(tmp_path: Path) -> None:
    (tmp_path / "demo" / "postgres").mkdir(parents=True)

    found = run(["doctor"], TESSELLE_DATA=str(tmp_path))

    assert f"The demo’s is in {tmp_path / 'demo'}" in found.stderr


@pytest.mark.parametrize("command", ["web", "worker"])
def test_pages_and_workers_wait_for_the_tables_of_their_release(
    command: str, tmp_path: Path, embedded_database: str
) -> None:
    """The run's own server has an empty database beside those of the tests."""
    found = run([command], DATABASE_URL=embedded_database, TESSELLE_DATA=str(tmp_path))

    assert found.returncode == 1
    assert "start `tesselle up` once" in found.stderr and "Traceback" not in found.stderr
