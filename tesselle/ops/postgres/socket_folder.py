"""Where the server listens: a Unix socket in a short folder of our own that nobody else can enter.

A socket's path holds 107 bytes, so it cannot live in the data folder, whose path may be longer.
"""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tesselle.domain.messages import N_, Message
from tesselle.ops.errors import DatabaseError
from tesselle.ops.postgres.account import ServerAccount

LONGEST_SOCKET_PATH_BYTES = 107  # sun_path in linux/un.h is 108 with the closing zero
SOCKET_NAME = ".s.PGSQL.5432"
PREFIX = "tesselle-"


class SocketFolder:
    """The folder whose path is written in the file `record`."""

    def __init__(self, record: Path) -> None:
        self._record = record

    def path(self) -> Path | None:
        """What was recorded, whether or not it still exists."""
        try:
            return Path(os.fsdecode(self._record.read_bytes()))
        except FileNotFoundError:
            return None

    def ensure(self, account: ServerAccount) -> Path:
        """The recorded folder when it is still ours and sound, else a fresh one; empty in any case.

        Call it when no server of this cluster runs: a socket's lock file left by a killed one stops the
        next as long as its number lives on, in a zombie or in some other program.
        """
        known = self.path()
        if known is not None and _is_sound(known, account):
            for left in known.iterdir():
                left.unlink()
            return known
        fresh = _make(account)
        draft = self._record.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_bytes(os.fsencode(fresh))
        draft.replace(self._record)
        return fresh

    def remove(self, account: ServerAccount) -> None:
        known = self.path()
        if known is not None and _is_sound(known, account):
            shutil.rmtree(known, ignore_errors=True)
        self._record.unlink(missing_ok=True)


def _is_sound(path: Path, account: ServerAccount) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    is_folder_of_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == account.user_id
    return is_folder_of_ours and stat.S_IMODE(found.st_mode) == 0o700 and path.name.startswith(PREFIX)


def _make(account: ServerAccount) -> Path:
    for base in _bases(account):
        try:
            made = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
        except OSError:
            continue
        account.own(made)
        if _fits(made) and account.first_closed([made]) is None:
            return made
        made.rmdir()
    sentence = N_(
        "No folder with a short path is writable for the database’s socket (tried %(tried)s). "
        "Set XDG_RUNTIME_DIR to a folder of your own whose path is shorter than 80 bytes."
    )
    raise DatabaseError(Message(sentence, {"tried": ", ".join(map(str, _bases(account)))}))


def _bases(account: ServerAccount) -> Iterator[Path]:
    # Root's own runtime folder is closed to the system user; /run is not.
    runtime = "/run" if account.changes else os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime.startswith("/") and Path(runtime).is_dir():
        yield Path(runtime)
    yield Path(tempfile.gettempdir())
    # S108: mkdtemp makes a fresh 0700 folder there, its name cannot be guessed.
    yield Path("/tmp")  # noqa: S108


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH_BYTES
