"""One Tesselle per data folder."""

import fcntl
import os
import time
from pathlib import Path

from tesselle.domain.messages import N_, Message
from tesselle.ops.errors import AlreadyRunningError

# How long what a killed start left behind (web and worker processes on their way out) may keep the lock.
LEAVING_SECONDS = 20.0


class FolderLock:
    """An advisory lock on a file; the kernel frees it when the last process holding it is gone.

    Children forked by the holder share it, so it also says "the whole tree has ended".
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    @property
    def is_ours(self) -> bool:
        return self._descriptor is not None

    def acquire(self) -> None:
        """Take the lock; nothing happens when this process holds it already.

        Raises:
            AlreadyRunningError: a living process holds it.
        """
        if self.is_ours:
            return
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        give_up = time.monotonic() + LEAVING_SECONDS
        while not _locked(descriptor):
            holder = _holder(descriptor)
            if holder is None or _is_alive(holder) or time.monotonic() > give_up:
                os.close(descriptor)
                raise _refusal(self.path.parent, holder)
            time.sleep(0.05)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._descriptor = descriptor

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(descriptor: int) -> int | None:
    written = os.pread(descriptor, 32, 0).strip()
    return int(written) if written.isdigit() else None


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _refusal(folder: Path, holder: int | None) -> AlreadyRunningError:
    if holder is None:
        sentence = N_(
            "Another Tesselle is starting in %(folder)s. Wait for it, "
            "or choose another folder with TESSELLE_DATA."
        )
    else:
        sentence = N_(
            "Tesselle already runs in %(folder)s (process %(pid)d). "
            "Use that one, stop it with `kill %(pid)d`, or choose another folder with TESSELLE_DATA."
        )
    params: dict[str, str | int] = {"folder": str(folder)}
    if holder is not None:
        params["pid"] = holder
    return AlreadyRunningError(Message(sentence, params), holder)
