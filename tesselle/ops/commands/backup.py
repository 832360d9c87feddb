"""`tesselle backup FILE`: database and media into one file."""

import argparse
from pathlib import Path

from tesselle.ops.installation import opened


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--with-keys",
        action="store_true",
        help="put the keys in too: whoever has the file can then use the saved sign-ins",
    )


def run(options: argparse.Namespace) -> int:
    with opened():
        from tesselle.ops.backups.writing import write_backup

        path = write_backup(options.file.absolute(), with_keys=options.with_keys)
    print(f"Written: {path} ({path.stat().st_size / 1e6:.1f} MB).")
    if not options.with_keys:
        print("The keys are not in it: keep a copy of keys.env elsewhere, or channels must sign in again.")
    return 0
