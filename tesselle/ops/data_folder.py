"""The one folder where an installation keeps everything: database, media, keys, backups.

The folder is ours alone (0700). Rights of parents, and of a folder somebody else made, are never touched.
"""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from tesselle.domain.messages import N_, Message
from tesselle.ops.errors import DataFolderError
from tesselle.ops.folder_lock import FolderLock

MARK = ".made-by-tesselle"
LOCK = "tesselle.lock"


def chosen_path(environ: Mapping[str, str] = os.environ, *, is_root: bool | None = None) -> Path:
    """`TESSELLE_DATA`, else `/var/lib/tesselle` for root, else the user's own data folder."""
    if chosen := environ.get("TESSELLE_DATA"):
        return Path(chosen).expanduser().absolute()
    if os.geteuid() == 0 if is_root is None else is_root:
        return Path("/var/lib/tesselle")
    base = environ.get("XDG_DATA_HOME", "")
    # The XDG specification tells programs to ignore a relative path here.
    home = Path(base) if base.startswith("/") else Path("~/.local/share").expanduser()
    return home / "tesselle"


class DataFolder:
    """An existing folder that we may write to. Make one with `DataFolder.open`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lock = FolderLock(path / LOCK)

    @classmethod
    def open(cls, path: Path | None = None) -> "DataFolder":
        """The folder at `path` (default: `chosen_path()`), created when missing.

        Raises:
            DataFolderError: it cannot be created, or others could change what is in it.
        """
        path = (path or chosen_path()).absolute()
        try:
            _create_if_missing(path)
            _refuse_if_others_may_swap(path)
        except OSError as error:
            sentence = N_(
                "The data folder %(path)s cannot be used (%(reason)s). "
                "Mend that, or choose another folder with TESSELLE_DATA."
            )
            raise DataFolderError(
                Message(sentence, {"path": str(path), "reason": error.strerror or str(error)})
            ) from error
        return cls(path)

    @property
    def is_of_our_making(self) -> bool:
        return (self.path / MARK).exists()

    def subfolder(self, name: str) -> Path:
        """A 0700 folder below, created when missing."""
        path = self.path / name
        path.mkdir(mode=0o700, exist_ok=True)
        return path

    def let_group_through(self, group_id: int) -> None:
        """Let a system group of our own walk through (never list) a folder that we made ourselves."""
        if self.is_of_our_making and self.path.stat().st_gid != group_id:
            os.chown(self.path, -1, group_id)
            self.path.chmod(0o710)


def _create_if_missing(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        # A start that was killed between the two lines leaves an unmarked folder: it counts as foreign.
        if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError(13, os.strerror(13), str(path)) from None
        return
    (path / MARK).touch(mode=0o600)


def _refuse_if_others_may_swap(path: Path) -> None:
    found = path.stat()
    if not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError(20, os.strerror(20), str(path))
    if found.st_uid not in (os.geteuid(), 0):
        sentence = N_(
            "The data folder %(path)s belongs to another user (number %(owner)d), who could swap what is in "
            "it. Start Tesselle as that user, or choose another folder with TESSELLE_DATA."
        )
        raise DataFolderError(Message(sentence, {"path": str(path), "owner": found.st_uid}))
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        sentence = N_(
            "Other users may write in the data folder %(path)s, so they could swap what is in it. "
            "Run `chmod go-w %(path)s`, or choose another folder with TESSELLE_DATA."
        )
        raise DataFolderError(Message(sentence, {"path": str(path)}))
