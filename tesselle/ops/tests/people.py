"""Who starts Tesselle in a test: root, or an ordinary user. As root both are tried, in one run."""

import os
import pwd
import select
import shutil
import signal
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tesselle.ops.linux import die_with_parent
from tesselle.ops.postgres.processes import server_processes
from tesselle.ops.postgres.socket_folder import SocketFolder

Tell = Callable[[str], None]

IS_ROOT = os.geteuid() == 0
PATIENCE_SECONDS = 180.0
"""Only a broken thing takes so long: a machine where many others work may take most of it."""


@dataclass(frozen=True, slots=True)
class Process:
    """A forked copy of the test that does something on its own; it tells us lines of text."""

    pid: int
    told: int

    def line(self) -> str:
        """The next line it tells; empty when it ended without a word."""
        letters = bytearray()
        while (letter := self._letter()) not in (b"", b"\n"):
            letters += letter
        return letters.decode()

    def _letter(self) -> bytes:
        ready, _, _ = select.select([self.told], [], [], PATIENCE_SECONDS)
        assert ready, "it said nothing in time"
        return os.read(self.told, 1)

    def kill(self, number: signal.Signals = signal.SIGKILL) -> int:
        """Send the signal, wait for the end; gives its exit status."""
        os.kill(self.pid, number)
        return self.wait()

    def wait(self) -> int:
        wait_until_gone(self.pid)
        os.close(self.told)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    user_id: int
    group_id: int

    def do(self, act: Callable[[], None]) -> None:
        """Run a piece of a test as this person; its failed assertion fails the test."""
        process = self.begin(lambda tell: act())
        trouble = process.line()
        status = process.wait()
        if trouble or status:
            pytest.fail(f"as {self.name}: {trouble or status}".replace("\\n", "\n"))

    def begin(self, act: Callable[[Tell], None]) -> Process:
        """Let `act(tell)` run beside the test, as this person."""
        told, tells = os.pipe()
        parent = os.getpid()
        pid = os.fork()
        if pid:
            os.close(tells)
            return Process(pid, told)
        status = 1

        def tell(text: str) -> None:
            os.write(tells, text.encode() + b"\n")

        try:
            if os.geteuid() != self.user_id:
                os.setgroups([])
                os.setgid(self.group_id)
                os.setuid(self.user_id)
            # A failed test leaves it behind; it must not outlive the run.
            die_with_parent(signal.SIGKILL, parent)
            os.environ["HOME"] = "/nonexistent"
            os.environ.pop("XDG_RUNTIME_DIR", None)
            act(tell)
            status = 0
        except BaseException:  # noqa: BLE001 - the outermost frame of this process
            tell(traceback.format_exc().replace("\n", "\\n"))
        finally:
            os._exit(status)

    @contextmanager
    def place(self) -> Iterator[Path]:
        """A folder of this person that everybody may walk through, gone afterwards."""
        path = Path(tempfile.mkdtemp(prefix="place-", dir="/tmp"))
        os.chown(path, self.user_id, self.group_id)
        path.chmod(0o755)
        try:
            yield path
        finally:
            _clear(path)


def wait_until_gone(pid: int) -> None:
    """Until the process has ended (a child of ours is then ready to be waited for)."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        ready, _, _ = select.select([descriptor], [], [], PATIENCE_SECONDS)
        assert ready, f"process {pid} did not end in time"
    finally:
        os.close(descriptor)


def _clear(path: Path) -> None:
    for cluster in path.rglob("postgres/cluster"):
        # What a test killed may still be on its way out.
        for pid in server_processes(cluster, cluster.stat().st_uid):
            wait_until_gone(pid)
        if (socket := SocketFolder(cluster.parent / "socket").path()) is not None:
            shutil.rmtree(socket, ignore_errors=True)
    shutil.rmtree(path)


def _everybody() -> list[Person]:
    ourselves = Person("root" if IS_ROOT else "ordinary user", os.geteuid(), os.getegid())
    if not IS_ROOT:
        return [ourselves]
    nobody = pwd.getpwnam("nobody")
    return [ourselves, Person("ordinary user", nobody.pw_uid, nobody.pw_gid)]


EVERYBODY = _everybody()
