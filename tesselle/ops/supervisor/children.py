"""What a supervisor can run: a function in a forked process, a command, the embedded database."""

import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from tesselle.ops.linux import die_with_parent, name_process
from tesselle.ops.postgres import EmbeddedPostgres

NAME_PREFIX = "tesselle-"


class Child(Protocol):
    """`stops_last`: the others need it while they stop."""

    @property
    def name(self) -> str: ...
    @property
    def stop_signal(self) -> signal.Signals: ...
    @property
    def stops_last(self) -> bool: ...

    def start(self) -> int:
        """Start it and return at once; gives its pid."""


@dataclass(frozen=True, slots=True)
class Forked:
    """`run` in a copy of this process: what is imported already is shared. Its result is the exit status.

    SIGTERM has its default effect there until `run` handles it.
    """

    name: str
    run: Callable[[], int | None]
    stop_signal: ClassVar[signal.Signals] = signal.SIGTERM
    stops_last: ClassVar[bool] = False

    def start(self) -> int:
        # Else what waits in these buffers is printed twice.
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            _live_and_leave(self, parent)
        return pid


@dataclass(frozen=True, slots=True)
class Command:
    """Another program; `environment` is added to ours."""

    name: str
    argv: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    stop_signal: ClassVar[signal.Signals] = signal.SIGTERM
    stops_last: ClassVar[bool] = False

    def start(self) -> int:
        parent = os.getpid()

        def enter() -> None:
            _settle_in(self.name, parent)

        # The supervisor waits for the pid itself; Popen only spares us exec's details.
        process = subprocess.Popen(  # noqa: S603 - the caller's own command
            list(self.argv), env={**os.environ, **self.environment}, preexec_fn=enter
        )
        process.returncode = 0
        return process.pid


@dataclass(frozen=True, slots=True)
class Database:
    """The embedded PostgreSQL; one that this process started already is taken over as it is."""

    postgres: EmbeddedPostgres
    name: ClassVar[str] = "database"
    stop_signal: ClassVar[signal.Signals] = signal.SIGINT
    stops_last: ClassVar[bool] = True

    def start(self) -> int:
        return self.postgres.own_pid or self.postgres.launch()


def _live_and_leave(child: Forked, parent: int) -> None:
    status = 1
    try:
        _settle_in(child.name, parent)
        status = child.run() or 0
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except BaseException:  # noqa: BLE001 - the outermost frame of this process
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        # Not sys.exit: the parent's frames and its exit handlers are not ours to run.
        os._exit(status)


def _settle_in(name: str, parent: int) -> None:
    # Ctrl-C in the terminal is for the supervisor alone, which passes it on in order.
    os.setsid()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    name_process(NAME_PREFIX + name)
    die_with_parent(signal.SIGTERM, parent)
