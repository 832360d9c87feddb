"""A whole installation for the length of a measurement, gone afterwards.

Its own embedded PostgreSQL with everything durable, its own keys and folders; the sandboxes and
the workers run as processes of their own, as they would.
"""

import contextlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from cryptography.fernet import Fernet

from tesselle.ops.data_folder import DataFolder
from tesselle.ops.postgres import EmbeddedPostgres


@dataclass(slots=True)
class Scratch:
    """`environment`: what every process of this installation is started with."""

    folder: Path
    postgres: EmbeddedPostgres
    environment: dict[str, str]
    processes: list[subprocess.Popen[str]] = field(default_factory=list)
    sandbox_base: str = ""
    sandboxes: subprocess.Popen[str] = field(init=False)

    def start(self, *command: str, **more: str) -> subprocess.Popen[str]:
        """`python -m <command>` of this installation."""
        process = subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, "-m", *command],
            env={**self.environment, **more},
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("TESSELLE_BENCH_NOISE") else subprocess.DEVNULL,
            text=True,
        )
        self.processes.append(process)
        return process

    def start_sandboxes(self) -> None:
        """All networks' sandboxes, in a process of their own."""
        self.sandboxes = self.start("tesselle.ops.bench.sandboxes")
        self.sandbox_base = self.first_line(self.sandboxes)

    def first_line(self, process: subprocess.Popen[str]) -> str:
        """What a process says when it is ready."""
        assert process.stdout is not None
        return process.stdout.readline().strip()

    def ask_sandbox(self, path: str, data: Any = None, method: str = "") -> Any:
        """One call to the driver's doors of the sandboxes."""
        body = None if data is None else json.dumps(data).encode()
        request = Request(  # noqa: S310 - our own loopback address
            f"{self.sandbox_base}/_sandbox/{path}",
            data=body,
            method=method or ("POST" if body is not None else "GET"),
            headers={"Content-Type": "application/json"},
        )
        with urlopen(request, timeout=120) as answer:  # noqa: S310
            return json.load(answer)

    def stop(self, process: subprocess.Popen[str], seconds: float = 60.0) -> None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def scratch_installation(**environment: str) -> Iterator[Scratch]:
    """Started, migrated and ready; Django of this process is set up on it."""
    folder = Path(tempfile.gettempdir()) / f"tesselle-scratch-{secrets.token_hex(6)}"
    postgres = EmbeddedPostgres(DataFolder.open(folder))
    scratch = Scratch(folder, postgres, {})
    try:
        ours = {
            "DATABASE_URL": postgres.start(),
            "TESSELLE_SECRET_KEY": secrets.token_hex(32),
            "TESSELLE_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
            "TESSELLE_MEDIA": str(folder / "media"),
            "TESSELLE_SPOOL": str(folder / "spool"),
            "TESSELLE_ALLOW_PRIVATE": "127.0.0.0/8",
            "DJANGO_SETTINGS_MODULE": "tesselle.config.settings",
            **environment,
        }
        os.environ.update(ours)
        scratch.environment = dict(os.environ)
        _migrate()
        yield scratch
    finally:
        for process in reversed(scratch.processes):
            if process.poll() is None:
                scratch.stop(process, 5.0)
        _close_connections()
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _migrate() -> None:
    import django

    django.setup()
    from tesselle.ledger.models import installation
    from tesselle.ops.migrating import migrate

    migrate()
    installation()


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()
