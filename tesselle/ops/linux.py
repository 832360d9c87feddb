"""Two wishes of a process that Python has no words for (linux/prctl.h)."""

import ctypes
import os
import signal

PR_SET_PDEATHSIG = 1
PR_SET_NAME = 15
LONGEST_NAME_BYTES = 15

# Loaded once: between fork and exec there is no room for an import.
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(number: signal.Signals, parent: int) -> None:
    """Get this signal when the parent ends, even by kill -9.

    Call it in a fresh child, after any change of user (that clears the wish). The wish hangs on the
    parent's *thread* that forked: fork from one that lives as long as the process. `parent` is the pid
    seen before the fork: had it died meanwhile, no signal would ever come.
    """
    _prctl(PR_SET_PDEATHSIG, int(number))
    if os.getppid() != parent:
        os.kill(os.getpid(), number)


def name_process(name: str) -> None:
    """Show this name in `ps` and /proc/PID/comm, cut to 15 bytes."""
    _prctl(PR_SET_NAME, name.encode()[:LONGEST_NAME_BYTES])


def _prctl(option: int, value: int | bytes) -> None:
    if _libc.prctl(option, value, 0, 0, 0) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
