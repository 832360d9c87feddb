"""`tesselle worker`: publishing and measuring alone, for a database that others share."""

import argparse
from pathlib import Path

from tesselle.ops.aside import aside
from tesselle.ops.data_folder import DataFolder
from tesselle.ops.installation import load_django
from tesselle.ops.tables import refuse_other_tables


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--spool", type=Path, help="where outcomes wait while the database is away (default: the data folder)"
    )


def run(options: argparse.Namespace) -> int:
    load_django()
    if not aside(refuse_other_tables):
        return 1
    from tesselle.ops.worker_process import work

    work(options.spool or DataFolder.open().subfolder("spool"))
    return 0
