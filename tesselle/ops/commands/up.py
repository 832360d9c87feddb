"""`tesselle up`: everything, with one command."""

import argparse

from tesselle.ops.data_folder import DataFolder
from tesselle.ops.starting import Address, start_everything


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: this machine only)"
    )
    parser.add_argument("--port", type=int, default=8000)


def run(options: argparse.Namespace) -> int:
    return start_everything(DataFolder.open(), Address(options.host, options.port), prepare=say_where)


def say_where(folder: DataFolder) -> None:
    from django.conf import settings

    from tesselle.workspaces import first_run

    print(f"Tesselle: {settings.PUBLIC_URL}/   (data in {folder.path}, stop with Ctrl-C)")
    if first_run.is_open():
        print(f"First run, open once: {settings.PUBLIC_URL}{first_run.PATH}?token={first_run.issue_token()}")
