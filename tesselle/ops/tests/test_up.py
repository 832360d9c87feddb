"""`tesselle up` as a person runs it: one command, one real process tree."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tesselle.ops.supervisor import tree_pss

ROOT = Path(__file__).parents[3]
PATIENCE_SECONDS = 60.0


class House:
    """One `tesselle up`; what it says goes into a file beside its data."""

    def __init__(self, data: Path, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._said = data.parent / f"{data.name}.log"
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("TESSELLE_", "DATABASE_URL", "PYTEST_", "DJANGO_", "PUBLIC_URL"))
        }
        with self._said.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tesselle", "up", "--port", str(port)],
                env={**environment, "TESSELLE_DATA": str(data)},
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )

    @property
    def said(self) -> str:
        return self._said.read_text()

    def answers(self) -> bool:
        """Any answer of Django's; asked until it comes or the process has ended."""
        give_up = time.monotonic() + PATIENCE_SECONDS
        while self.process.poll() is None and time.monotonic() < give_up:
            try:
                with urllib.request.urlopen(f"{self.address}/account/login/", timeout=5) as page:
                    return bool(page.status == 200)
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        return False

    def children(self) -> list[int]:
        found = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=True
        )
        return [int(pid) for pid in found.stdout.split()]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_SECONDS)


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def data() -> Iterator[Path]:
    """With a space and an accent, and not below a 0700 folder: as root the server is another user."""
    path = Path(tempfile.mkdtemp(prefix="tesselle à part "))
    path.chmod(0o711)
    yield path / "data"
    shutil.rmtree(path)


@contextmanager
def running(data: Path, port: int) -> Iterator[House]:
    house = House(data, port)
    try:
        assert house.answers(), house.said
        yield house
    finally:
        if house.process.poll() is None:
            house.stop()


def token_in(said: str) -> str:
    found = re.search(r"\?token=(\S+)", said)
    assert found, said
    return found[1]


def test_everything_starts_answers_and_stops_cleanly(data, port):
    with running(data, port) as house:
        assert len(token_in(house.said)) >= 32
        with urllib.request.urlopen(
            f"{house.address}/static/web/css/app.css", timeout=PATIENCE_SECONDS
        ) as sheet:
            assert sheet.headers["ETag"]
            assert sheet.headers["Content-Type"].startswith("text/css")
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(
                f"{house.address}/static/..%2f..%2fconfig/settings.py", timeout=PATIENCE_SECONDS
            )
        figures = tree_pss(house.process.pid)
        assert {"supervisor", "database", "web", "worker"} <= set(figures)

        assert house.stop() == 0

    assert (data / "keys.env").stat().st_mode & 0o777 == 0o600
    assert "Traceback" not in house.said


def test_a_second_start_says_who_runs_already_and_stops(data, port):
    with running(data, port) as house:
        second = House(data, port)

        assert second.process.wait(PATIENCE_SECONDS) == 1
        assert "already runs" in second.said
        assert str(house.process.pid) in second.said
        assert house.answers()


def test_a_port_that_is_taken_is_told_in_a_sentence(data):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()

        house = House(data, other.getsockname()[1])

        assert house.process.wait(PATIENCE_SECONDS) == 1
    assert "Choose another port" in house.said


def test_it_starts_again_after_everything_was_killed_at_once(data, port):
    with running(data, port) as house:
        first = token_in(house.said)
        for pid in [house.process.pid, *house.children()]:
            os.kill(pid, signal.SIGKILL)
        house.process.wait(PATIENCE_SECONDS)

    with running(data, port) as again:
        assert token_in(again.said) != first, "an older token is worth nothing"


def test_each_child_that_is_killed_comes_back(data, port):
    with running(data, port) as house:
        for pid in house.children():
            os.kill(pid, signal.SIGKILL)
        give_up = time.monotonic() + PATIENCE_SECONDS
        while house.said.count("child_started name=worker") < 2 and time.monotonic() < give_up:
            time.sleep(0.05)

        assert house.answers()
        assert house.stop() == 0
