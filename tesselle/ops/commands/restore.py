"""`tesselle restore FILE`: an installation from a backup. Nothing is sent until a person releases it."""

import argparse
from pathlib import Path

from tesselle.domain.messages import N_, Message
from tesselle.ops.backups.archive import verified_manifest
from tesselle.ops.data_folder import DataFolder
from tesselle.ops.errors import BackupError
from tesselle.ops.installation import KEYS, opened


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--replace", action="store_true", help="the database here is not empty and may be replaced"
    )


def run(options: argparse.Namespace) -> int:
    path = options.file.absolute()
    # Before anything is opened: a cut file must change nothing.
    manifest = verified_manifest(path, "backup")
    if manifest["keys"]:
        _take_keys(path)
    with opened(may_be_new=True) as folder:
        from tesselle.ops.backups.reading import restore_backup, sealed_for_others

        folder.lock.acquire()
        restore_backup(path, manifest, replace=options.replace)
        print("Restored. Sending is held: look at the deliveries, then release it in the pages.")
        if lost := sealed_for_others():
            print(f"The keys here do not open the sign-in of {lost} channels: connect these again.")
    return 0


def _take_keys(path: Path) -> None:
    """Take the backup's keys where there are none yet.

    Raises:
        BackupError: there are other keys here already; which ones are right, a person must say.
    """
    from tesselle.ops.backups.archive import read_member
    from tesselle.ops.installation import write_keys

    ours = DataFolder.open().path / KEYS
    theirs = read_member(path, KEYS).decode()
    if not ours.exists():
        write_keys(ours, dict(line.split("=", 1) for line in theirs.splitlines() if "=" in line))
    elif ours.read_text() != theirs:
        sentence = N_(
            "The backup brings keys, and %(path)s holds others. Move that file away to take the backup’s."
        )
        raise BackupError(Message(sentence, {"path": str(ours)}))
