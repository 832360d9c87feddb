"""`tesselle bench memory`: what a `tesselle up` that has nothing to do costs."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tesselle.ops.linux import die_with_parent
from tesselle.ops.supervisor import tree_pss

REST_S = 8.0
"""So long after the first pages it is idle: the worker's first rounds are over."""

PAGES = ("/account/login/", "/first-run/", "/static/web/css/app.css")


def run(*, rest_seconds: float = REST_S) -> dict[str, Any]:
    """PSS in MiB of a real process tree, after each web process has served a page.

    `total` holds the supervisor too. Pages shared between processes are split among them; where
    the system hides PSS the resident size stands in, which says too much rather than too little.
    """
    with _up() as (pid, base):
        _look_at_pages(base)
        time.sleep(rest_seconds)
        found = tree_pss(pid)
    return {"pss_mb": {name: found.get(name, 0.0) for name in ("web", "worker", "database", "total")}}


@contextmanager
def _up() -> Iterator[tuple[int, str]]:
    """A new installation in a folder of its own, started by the command itself."""
    # Not below a 0700 folder: as root the server runs as another user, which must pass.
    folder = Path(tempfile.gettempdir()) / f"tesselle-memory-{secrets.token_hex(6)}"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    parent = os.getpid()
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "tesselle", "up", "--port", str(port)],
        env={**_bare_environment(), "TESSELLE_DATA": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: die_with_parent(signal.SIGTERM, parent),
    )
    try:
        yield process.pid, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _bare_environment() -> dict[str, str]:
    """Ours, without what would make it somebody else's installation."""
    ours = ("TESSELLE_", "DATABASE_URL", "DJANGO_", "PUBLIC_URL")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def _look_at_pages(base: str, patience_s: float = 120.0) -> None:
    """Several times, so that each of the two processes has answered."""
    end = time.monotonic() + patience_s
    for page in PAGES * 8:
        while True:
            try:
                with urllib.request.urlopen(base + page, timeout=30) as answer:  # noqa: S310 - our own address
                    answer.read()
                break
            except urllib.error.HTTPError:
                break  # the first-run page without its token
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)
