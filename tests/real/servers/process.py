"""Starting a server, waiting until it answers, and ending it with all its children."""

import contextlib
import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import httpx

from tesselle.ops.linux import die_with_parent

POLL_SECONDS = 0.05
STOP_SECONDS = 10.0


class ServerFailedError(RuntimeError):
    """A server ended early or never became ready; its last words are in the message."""


def free_port() -> int:
    """A loopback port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def private_folder(name: str) -> Iterator[Path]:
    """A temporary folder for one server; its path is short, since sockets in it may be 107 bytes long."""
    with tempfile.TemporaryDirectory(prefix=f"tesselle-{name}-") as path:
        yield Path(path)


class ServerProcess:
    """A program in a process group of its own, which ends as a whole and not after the tests."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self._log = log
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(env or {})},
                cwd=cwd,
                start_new_session=True,
                preexec_fn=partial(die_with_parent, signal.SIGTERM, os.getpid()),
            )
        self.name = Path(command[0]).name

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not ready():
            if self._process.poll() is not None:
                raise ServerFailedError(
                    f"{self.name} ended with {self._process.returncode}:\n{self._last_words()}"
                )
            if time.monotonic() > deadline:
                raise ServerFailedError(
                    f"{self.name} is not ready after {seconds:.0f} s:\n{self._last_words()}"
                )
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        """Ask the whole group to end, then insist."""
        self._signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_SECONDS)
        # Also reaches children that outlive their parent, as those of `php -S` do.
        self._signal(signal.SIGKILL)
        self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)

    def _last_words(self) -> str:
        return self._log.read_text(errors="replace")[-3000:]


@contextlib.contextmanager
def running(
    command: Sequence[str],
    *,
    log: Path,
    ready: Callable[[], bool],
    seconds: float = 60.0,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Iterator[ServerProcess]:
    """A server that answers, for as long as the block lasts."""
    server = ServerProcess(command, log=log, env=env, cwd=cwd)
    try:
        server.wait_until(ready, seconds=seconds)
        yield server
    finally:
        server.stop()


def answers(url: str) -> Callable[[], bool]:
    """A readiness check: whether the address answers at all, with anything below 500."""

    def check() -> bool:
        try:
            return httpx.get(url, timeout=30.0, trust_env=False).status_code < 500
        except httpx.TransportError:
            return False

    return check
