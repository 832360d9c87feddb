"""What a chaos run stands on: a throw-away database, the sandboxes' process, the workers."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cryptography.fernet import Fernet

from tesselle.ops.data_folder import DataFolder
from tesselle.ops.linux import die_with_parent
from tesselle.ops.postgres import EmbeddedPostgres


class Workers:
    """The worker processes of this run, by name; only these are ever signalled."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._folder = folder
        self._environment = environment
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *, failpoint: str = "") -> subprocess.Popen[bytes]:
        """Spools lie together: whoever is started next reads what a dead one left."""
        parent = os.getpid()
        with (self._folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "tesselle.ops.chaos.worker", str(self._folder / "spools")],
                env={**os.environ, **self._environment, "TESSELLE_FAILPOINT": failpoint},
                stdout=log,
                stderr=log,
                preexec_fn=lambda: die_with_parent(signal.SIGKILL, parent),
            )
        self._running[name] = process
        return process

    def pause(self, name: str) -> None:
        self._running[name].send_signal(signal.SIGSTOP)

    def resume(self, name: str) -> None:
        self._running[name].send_signal(signal.SIGCONT)

    def kill(self, name: str) -> None:
        self._running[name].kill()
        self._running.pop(name).wait()

    def pid(self, name: str) -> int | None:
        return self._running[name].pid if self.is_running(name) else None

    def is_running(self, name: str) -> bool:
        return name in self._running and self._running[name].poll() is None

    def running(self) -> dict[str, int]:
        """Process ids by name."""
        return {name: process.pid for name, process in self._running.items() if process.poll() is None}

    def ended(self) -> dict[str, str]:
        """Who has ended without being told to, and is not started again: with what status, and its last words."""
        codes = {name: process.poll() for name, process in self._running.items()}
        return {
            name: f"ended by {_end(code)}: {self._last_words(name)}"
            for name, code in codes.items()
            if code is not None
        }

    def _last_words(self, name: str) -> str:
        lines = (self._folder / f"{name}.log").read_text(errors="replace").split("\n")
        said = [line.strip() for line in lines if line.strip()]
        return said[-1][:300] if said else "it said nothing"

    def ensure(self, *names: str) -> None:
        """All of these run; one that is left running by a round before is kept."""
        for name in names:
            if not self.is_running(name):
                self.start(name)

    def stop_all(self) -> None:
        for process in self._running.values():
            process.send_signal(signal.SIGCONT)
            process.terminate()
        give_up = time.monotonic() + 10
        for process in self._running.values():
            try:
                process.wait(max(0.1, give_up - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._running.clear()


def _end(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"itself with status {code}"


class House:
    def __init__(self, folder: Path, postgres: EmbeddedPostgres, base: str, workers: Workers) -> None:
        self.folder = folder
        self.postgres = postgres
        self.base = base
        self.workers = workers

    def kill_database(self, *, meanwhile: Callable[[], None]) -> None:
        """SIGKILL the postmaster, then start the server again, as the supervisor would."""
        pid = self.postgres.own_pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        while self.postgres.own_pid is not None:
            time.sleep(0.01)
        meanwhile()
        self.postgres.launch()
        self.postgres.wait_until_ready()


@contextmanager
def opened(time_scale: float) -> Iterator[House]:
    """Everything started, and taken away at the end, whatever happened."""
    # Not below a 0700 folder: as root the server runs as another user, which must pass.
    folder = Path(tempfile.gettempdir()) / f"tesselle-chaos-{secrets.token_hex(6)}"
    postgres = EmbeddedPostgres(DataFolder.open(folder))
    sandboxes: subprocess.Popen[str] | None = None
    workers: Workers | None = None
    try:
        os.environ.update(_environment(folder, postgres.start(), time_scale))
        parent = os.getpid()
        sandboxes = subprocess.Popen(
            [sys.executable, "-m", "tesselle.ops.chaos.sandboxes"],
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: die_with_parent(signal.SIGKILL, parent),
        )
        assert sandboxes.stdout is not None
        base = sandboxes.stdout.readline().strip()
        workers = Workers(folder, {})
        yield House(folder, postgres, base, workers)
    finally:
        if workers is not None:
            workers.stop_all()
        if sandboxes is not None:
            sandboxes.kill()
            sandboxes.wait()
        postgres.stop()
        if not os.environ.get("TESSELLE_CHAOS_KEEP"):
            shutil.rmtree(folder)


def _environment(folder: Path, dsn: str, time_scale: float) -> dict[str, str]:
    media = folder / "media"
    media.mkdir(mode=0o700)
    return {
        "DATABASE_URL": dsn,
        "DJANGO_SETTINGS_MODULE": "tesselle.config.settings",
        "TESSELLE_ALLOW_PRIVATE": "127.0.0.0/8",
        "TESSELLE_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
        "TESSELLE_MEDIA": str(media),
        "TESSELLE_SECRET_KEY": secrets.token_urlsafe(50),
        "TESSELLE_TIME_SCALE": str(time_scale),
    }
