"""`tesselle up` or `demo` as a person starts it: a free port, a data folder of its own, a clean environment."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tesselle.ops.linux import die_with_parent
from tests.browser.waiting import wait_until
from tests.real.servers.process import answers, free_port

ROOT = Path(__file__).parents[2]
START_SECONDS = 300.0
STOP_SECONDS = 60.0
# What the test run sets for itself must not reach a start that is to be like a person's.
OURS = ("TESSELLE_", "DATABASE_URL", "PUBLIC_URL", "PYTEST_", "DJANGO_")


class House:
    """A running installation."""

    def __init__(self, command: str, data: Path, environment: Mapping[str, str]) -> None:
        self.data = data
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {**clean_environment(), "TESSELLE_DATA": str(data), **environment}
        self._said = data.parent / "said"
        with self._said.open("ab") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tesselle", command, "--port", str(self.port)],
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                preexec_fn=partial(die_with_parent, signal.SIGTERM, os.getpid()),
            )

    @property
    def said(self) -> str:
        return self._said.read_text(errors="replace")

    @property
    def pid(self) -> int:
        return self._process.pid

    def found(self, pattern: str) -> str:
        """The first group of a pattern in what it printed."""
        match = re.search(pattern, self.said)
        assert match, self.said
        return match[1]

    def wait_until_it_answers(self) -> None:
        ready = answers(f"{self.address}/account/login/")
        wait_until(lambda: self._process.poll() is not None or ready(), "the start", seconds=START_SECONDS)
        assert self._process.poll() is None, self.said

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Another command on the same data folder, to its end."""
        command = [sys.executable, "-m", "tesselle", *words]
        return subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
        )

    def stop(self) -> int:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        return self._process.wait(STOP_SECONDS)


def clean_environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, "LANGUAGE": "fr", "LC_ALL": "C.UTF-8"}


@contextmanager
def data_folder() -> Iterator[Path]:
    """Not below a private folder: started by root, the database server is another user, who must pass."""
    place = Path(tempfile.mkdtemp(prefix="tesselle-browser-"))
    place.chmod(0o711)
    try:
        yield place / "data"
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def living(command: str, data: Path, environment: Mapping[str, str] | None = None) -> Iterator[House]:
    """For as long as the block lasts; it must end by itself, without a complaint."""
    house = House(command, data, environment or {})
    try:
        house.wait_until_it_answers()
        yield house
    finally:
        status = house.stop()
    assert status == 0, house.said
