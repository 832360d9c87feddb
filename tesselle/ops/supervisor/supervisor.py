"""Starts the children, restarts those that die, and ends with all of them.

No threads and no handlers: the signals are blocked and waited for, so none is lost and none interrupts.
"""

import gc
import logging
import os
import signal
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tesselle.ops.errors import OpsError
from tesselle.ops.supervisor.backoff import Backoff
from tesselle.ops.supervisor.children import Child

STOP_SECONDS = 20.0
ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Seat:
    """A child's place: `pid` while it lives, else `due`, the instant of its next start."""

    child: Child
    pid: int | None = None
    started: float = 0.0
    due: float = 0.0
    backoff: Backoff = field(default_factory=Backoff)


class Supervisor:
    """Children start in the given order. `stop_seconds`: the patience with each before it is killed."""

    def __init__(self, children: Sequence[Child], *, stop_seconds: float = STOP_SECONDS) -> None:
        self._seats = [_Seat(child) for child in children]
        self._stop_seconds = stop_seconds
        # What our own starter ignores (nohup and SIGHUP) stays ignored.
        self._endings = {number for number in ENDINGS if signal.getsignal(number) is not signal.SIG_IGN}

    def run(self) -> None:
        """Keep the children alive until SIGTERM, SIGINT or SIGHUP, then stop them and return.

        Call it from the main thread of a process without other threads or database sessions:
        children are copies of it.
        """
        if threading.active_count() > 1:
            raise RuntimeError("A process with threads cannot be forked safely.")
        before = signal.pthread_sigmask(signal.SIG_BLOCK, self._awaited)
        # What is loaded now stays shared with the children: the collector writes in what it visits.
        gc.collect()
        gc.freeze()
        try:
            self._watch()
        finally:
            self._stop_all()
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    @property
    def _awaited(self) -> set[signal.Signals]:
        return self._endings | {signal.SIGCHLD}

    def _watch(self) -> None:
        while True:
            for seat in self._seats:
                if seat.pid is None and seat.due <= time.monotonic():
                    self._start(seat)
            came = signal.sigtimedwait(self._awaited, self._seconds_to_next_start())
            if came is not None and came.si_signo in self._endings:
                logger.info("supervisor_stops signal=%d", came.si_signo)
                return
            # One SIGCHLD may stand for several deaths.
            for seat in self._seats:
                self._bury(seat)

    def _seconds_to_next_start(self) -> float:
        due = [seat.due for seat in self._seats if seat.pid is None]
        # With everybody alive only a signal can bring news; the bound is for a signal lost in a debugger.
        return max(0.0, min(due) - time.monotonic()) if due else 60.0

    def _start(self, seat: _Seat) -> None:
        seat.started = time.monotonic()
        try:
            seat.pid = seat.child.start()
        except (OpsError, OSError) as error:
            wait = seat.backoff.after_life_of(0)
            seat.due = time.monotonic() + wait
            logger.error("child_not_started name=%s retry_seconds=%.1f %s", seat.child.name, wait, error)
        else:
            logger.info("child_started name=%s pid=%d", seat.child.name, seat.pid)

    def _bury(self, seat: _Seat) -> None:
        if seat.pid is None or (status := _ended(seat.pid)) is None:
            return
        pid, seat.pid = seat.pid, None
        wait = seat.backoff.after_life_of(time.monotonic() - seat.started)
        seat.due = time.monotonic() + wait
        logger.warning(
            "child_died name=%s pid=%d status=%d retry_seconds=%.1f", seat.child.name, pid, status, wait
        )

    def _stop_all(self) -> None:
        last = [seat for seat in self._seats if seat.child.stops_last]
        self._stop(seat for seat in self._seats if not seat.child.stops_last)
        self._stop(last)

    def _stop(self, seats: Iterable[_Seat]) -> None:
        living = {seat.pid: seat for seat in seats if seat.pid is not None and _ended(seat.pid) is None}
        for pid, seat in living.items():
            os.kill(pid, seat.child.stop_signal)
        give_up = time.monotonic() + self._stop_seconds
        while living and (left := give_up - time.monotonic()) > 0:
            signal.sigtimedwait([signal.SIGCHLD], left)
            living = {pid: seat for pid, seat in living.items() if _ended(pid) is None}
        for pid, seat in living.items():
            logger.error("child_killed name=%s pid=%d", seat.child.name, pid)
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _ended(pid: int) -> int | None:
    """The exit status (negative: the signal) of a child that has ended; None while it lives."""
    try:
        found, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        # Somebody else of this process waited for it, the database's own `stop` for example.
        return 0
    return os.waitstatus_to_exitcode(status) if found else None
