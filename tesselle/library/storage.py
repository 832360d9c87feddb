"""Where files are kept: one small seam, a folder of this machine or a bucket that many share.

A name is a path such as `assets/ab/ab12….jpg`. Content never changes under its name.
"""

import os
import shutil
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from django.conf import settings

from tesselle.library.bucket import S3Settings


class Store(Protocol):
    def put(self, name: str, source: Path) -> None:
        """Take a finished file in; `source` may be gone afterwards."""
        ...

    def local(self, name: str) -> Path:
        """A file of this machine with its bytes. Raises FileNotFoundError."""
        ...

    def exists(self, name: str) -> bool: ...

    def delete(self, name: str) -> None:
        """Nothing happens where there is none."""
        ...

    def address(self, name: str, seconds: int) -> str:
        """Where anybody may fetch it for so long; empty: only through our own pages."""
        ...

    def check(self) -> str:
        """Empty when files can be written and read; else what is wrong, in one sentence."""
        ...


@dataclass(frozen=True, slots=True)
class LocalStore:
    folder: Path

    def put(self, name: str, source: Path) -> None:
        target = self._path(name)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        source.chmod(0o600)
        try:
            os.replace(source, target)
        except OSError:  # another disk
            shutil.copyfile(source, draft := target.with_name(f".{target.name}.new"))
            draft.chmod(0o600)
            os.replace(draft, target)

    def local(self, name: str) -> Path:
        path = self._path(name)
        if not path.is_file():
            raise FileNotFoundError(name)
        return path

    def exists(self, name: str) -> bool:
        return self._path(name).is_file()

    def delete(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def address(self, name: str, seconds: int) -> str:
        return ""

    def check(self) -> str:
        probe = self.folder / ".doctor"
        try:
            self.folder.mkdir(parents=True, mode=0o700, exist_ok=True)
            probe.write_bytes(b"1")
            probe.unlink()
        except OSError as error:
            return f"{self.folder} cannot be written ({error.strerror})."
        return ""

    def _path(self, name: str) -> Path:
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            raise LookupError("a name leads outside the media folder")
        return path


def current() -> Store:
    """The store of this installation."""
    return store_for(Path(settings.MEDIA_ROOT))


def store_for(folder: Path) -> Store:
    """`folder`: where files lie, or where a bucket's files are kept for a while."""
    s3: S3Settings | None = settings.MEDIA_S3
    return LocalStore(folder) if s3 is None else _bucket(s3, folder)


@lru_cache(maxsize=4)
def _bucket(s3: S3Settings, folder: Path) -> Store:
    from tesselle.library.s3 import S3Store  # boto3 only where a bucket is configured

    return S3Store(s3, folder / "cache")
