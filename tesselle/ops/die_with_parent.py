"""Ask Linux for a signal when the parent process ends, even by kill -9."""

import ctypes
import os
import signal

PR_SET_PDEATHSIG = 1  # linux/prctl.h

# Loaded once: between fork and exec there is no room for an import.
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(number: signal.Signals, parent: int) -> None:
    """Call it in a fresh child, after any change of user (that clears the wish).

    The wish hangs on the parent's *thread* that forked: fork from one that lives as long as the process.
    `parent` is the pid seen before the fork: had it died meanwhile, no signal would ever come.
    """
    if _libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    if os.getppid() != parent:
        os.kill(os.getpid(), number)
