"""`tesselle web`: the pages alone, for a database that others share."""

import argparse
import os

from tesselle.ops.aside import aside
from tesselle.ops.installation import load_django
from tesselle.ops.starting import Address
from tesselle.ops.supervisor import Forked, Supervisor
from tesselle.ops.tables import refuse_other_tables


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: this machine only)"
    )
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--processes", type=int, default=2)


def run(options: argparse.Namespace) -> int:
    from tesselle.ops.web_server import listening, preload, serve_pages

    os.environ.setdefault("PUBLIC_URL", Address(options.host, options.port).url)
    listener = listening(options.host, options.port)
    load_django()
    if not aside(refuse_other_tables):
        return 1
    preload()
    Supervisor([Forked("web", lambda: serve_pages(listener)) for _ in range(options.processes)]).run()
    return 0
