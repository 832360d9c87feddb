"""A backup: the database as `pg_dump` tells it, the media, and a manifest with checksums, in one tar."""

import os
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

import tesselle
from tesselle.domain.messages import N_, Message
from tesselle.ops.backups.archive import ArchiveWriter
from tesselle.ops.errors import BackupError
from tesselle.ops.installation import KEY_NAMES
from tesselle.ops.postgres.programs import installed_programs

DUMP = "database.dump"


def write_backup(path: Path, *, media: bool = True, with_keys: bool = False) -> Path:
    """Everything into `path`, which appears only when it is whole.

    Raises:
        BackupError: the dump failed or the disk is full; nothing is left behind.
    """
    facts = {
        "kind": "backup",
        "version": tesselle.__version__,
        "written_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "postgresql": connection.cursor().connection.info.server_version,
        "keys": with_keys,
        "media": media,
    }
    with tempfile.TemporaryDirectory(dir=_folder_of(path), prefix=".backup-") as draft:
        dump = Path(draft) / DUMP
        _dump(dump)
        with ArchiveWriter(path, facts) as archive:
            archive.add_file(DUMP, dump)
            if with_keys:
                lines = "".join(f"{name}={os.environ[name]}\n" for name in KEY_NAMES)
                archive.add_bytes("keys.env", lines.encode())
            if media:
                archive.add_tree("media", Path(settings.MEDIA_ROOT))
    return path


def _folder_of(path: Path) -> Path:
    if not path.parent.is_dir():
        raise BackupError(
            Message(N_("There is no folder %(path)s to write into."), {"path": str(path.parent)})
        )
    return path.parent


def _dump(target: Path) -> None:
    command = [
        str(installed_programs().pg_dump),
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        f"--file={target}",
        f"--dbname={settings.ENVIRONMENT.database_url}",
    ]
    target.touch(mode=0o600)
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if done.returncode != 0:
        sentence = N_("The database could not be copied. It said: %(said)s")
        raise BackupError(Message(sentence, {"said": done.stderr.strip()[-400:] or "-"}))
