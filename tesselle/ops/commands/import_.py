"""`tesselle import FILE`: a workspace into a clean installation. Nothing is sent until a person releases it."""

import argparse
from pathlib import Path

from tesselle.ops.backups.archive import verified_manifest
from tesselle.ops.installation import opened


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)


def run(options: argparse.Namespace) -> int:
    path = options.file.absolute()
    manifest = verified_manifest(path, "workspace")
    with opened(may_be_new=True) as folder:
        from tesselle.ops.backups.moving import import_workspace
        from tesselle.ops.migrating import migrate

        folder.lock.acquire()
        migrate(folder)
        count = import_workspace(path, manifest)
    print(f"{manifest['workspace']}: {count} rows taken in. Sending is held: connect the channels again,")
    print("look at the deliveries, then release it in the pages.")
    return 0
