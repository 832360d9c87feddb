"""`tesselle export --workspace ID FILE`: one workspace whole, without its sign-ins at the networks."""

import argparse
from pathlib import Path

from tesselle.ops.installation import opened


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workspace", type=int, required=True, metavar="ID")
    parser.add_argument("file", type=Path)


def run(options: argparse.Namespace) -> int:
    path = options.file.absolute()
    with opened():
        from tesselle.ops.backups.moving import export_workspace

        export_workspace(options.workspace, path)
    print(f"Written: {path}. Sign-ins at the networks are not in it: channels are connected again there.")
    return 0
