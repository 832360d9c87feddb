"""A tar whose last member is a manifest: a size and a SHA-256 for every other member.

The manifest comes last, so a file that was cut anywhere has none.
"""

import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from tesselle.domain.messages import N_, Message
from tesselle.ops.errors import BackupError

MANIFEST = "manifest.json"
BLOCK = 1 << 20


class ArchiveWriter:
    """Writes beside `path` and takes its name at the end; nothing is left after an error."""

    def __init__(self, path: Path, facts: Mapping[str, Any]) -> None:
        self._path = path
        self._draft = path.with_name(f".{path.name}.new")
        self._facts = facts
        self._members: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> Self:
        descriptor = os.open(self._draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(descriptor, "wb")
        self._tar = tarfile.open(fileobj=self._file, mode="w", format=tarfile.PAX_FORMAT)
        return self

    def add_bytes(self, name: str, data: bytes) -> None:
        with _told_when_full(self._path):
            self._add(name, io.BytesIO(data), len(data))

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as source, _told_when_full(self._path):
            self._add(name, source, os.fstat(source.fileno()).st_size)

    def add_tree(self, name: str, folder: Path) -> None:
        """Every plain file below; one that goes away meanwhile was deleted by a person."""
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                try:
                    self.add_file(f"{name}/{path.relative_to(folder).as_posix()}", path)
                except FileNotFoundError:
                    continue

    def _add(self, name: str, source: IO[bytes], size: int) -> None:
        reader = _Hashing(source)
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        self._tar.addfile(entry, reader)
        self._members[name] = {"size": size, "sha256": reader.digest.hexdigest()}

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                with _told_when_full(self._path):
                    self._finish()
        finally:
            self._file.close()
            self._draft.unlink(missing_ok=True)

    def _finish(self) -> None:
        told = json.dumps({**self._facts, "members": self._members}, indent=1).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size, entry.mode = len(told), 0o600
        self._tar.addfile(entry, io.BytesIO(told))
        self._tar.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._draft.replace(self._path)


class _Hashing(io.RawIOBase):
    """Reads another file and keeps the sum of what passed."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self.digest.update(data)
        return data


def verified_manifest(path: Path, kind: str) -> dict[str, Any]:
    """The manifest, after every member was read and compared with it.

    Raises:
        BackupError: cut, damaged, or not one of ours.
    """
    try:
        found, manifest = _sums(path)
    except FileNotFoundError:
        raise BackupError(Message(N_("There is no file %(path)s."), {"path": str(path)})) from None
    except (tarfile.TarError, EOFError, ValueError, OSError):
        raise _damaged(path) from None
    if manifest is None or found != manifest.get("members"):
        raise _damaged(path)
    if manifest.get("kind") != kind:
        sentence = N_("%(path)s is not what this command reads: it holds a %(kind)s.")
        raise BackupError(Message(sentence, {"path": str(path), "kind": str(manifest.get("kind"))}))
    return manifest


def _sums(path: Path) -> tuple[dict[str, dict[str, Any]], dict[str, Any] | None]:
    sums: dict[str, dict[str, Any]] = {}
    manifest = None
    with tarfile.open(path, "r:") as tar:
        for entry in tar:
            source = tar.extractfile(entry)
            if source is None:
                raise ValueError(entry.name)
            if entry.name == MANIFEST:
                manifest = json.loads(source.read())
                continue
            digest = hashlib.sha256()
            while block := source.read(BLOCK):
                digest.update(block)
            sums[entry.name] = {"size": entry.size, "sha256": digest.hexdigest()}
    return sums, manifest


def _damaged(path: Path) -> BackupError:
    sentence = N_("%(path)s is cut or damaged: its checksums do not agree. Nothing was changed.")
    return BackupError(Message(sentence, {"path": str(path)}))


def unpack_tree(path: Path, name: str, target: Path) -> int:
    """The files below `name/` into `target`; returns how many. Call it after `verified_manifest`."""
    count = 0
    with tarfile.open(path, "r:") as tar, _told_when_full(target):
        for entry in tar:
            if entry.name.startswith(f"{name}/") and entry.isfile():
                write_out(tar, entry, target / entry.name.removeprefix(f"{name}/"), within=target)
                count += 1
    return count


def write_out(tar: tarfile.TarFile, entry: tarfile.TarInfo, to: Path, *, within: Path) -> None:
    """One plain file of the archive. By hand: the filters of `tarfile` came only with Python 3.11.4.

    Raises:
        BackupError: its name leads outside `within`.
    """
    if not to.resolve().is_relative_to(within.resolve()):
        raise BackupError(Message(_LEADS_OUTSIDE, {"name": entry.name}))
    source = tar.extractfile(entry)
    assert source is not None
    to.parent.mkdir(parents=True, exist_ok=True)
    with to.open("wb") as target:
        shutil.copyfileobj(source, target, BLOCK)


_LEADS_OUTSIDE = N_(
    "The backup holds “%(name)s”, which leads outside its folder. It was not made by Tesselle."
)


def read_member(path: Path, name: str) -> bytes:
    with tarfile.open(path, "r:") as tar:
        source = tar.extractfile(name)
        return source.read() if source else b""


@contextmanager
def _told_when_full(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        sentence = N_("%(path)s cannot be written (%(reason)s). Free some space, or choose another place.")
        params = {"path": str(path), "reason": error.strerror or str(error)}
        raise BackupError(Message(sentence, params)) from error
