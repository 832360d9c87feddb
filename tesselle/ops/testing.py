"""A pytest plugin: one PostgreSQL for the whole test run, gone when it ends.

Put `-p tesselle.ops.testing` into pytest's `addopts`. The server starts before Django's settings are read,
in the controlling process; workers of pytest-xdist find its address in their environment. A DATABASE_URL
that is set already is used as it is.
"""

import atexit
import gc
import os
import secrets
import shutil
import tempfile
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tesselle.ops.data_folder import DataFolder
from tesselle.ops.postgres import EmbeddedPostgres

VARIABLE = "DATABASE_URL"
COLLECT_AFTER = (20_000, 20, 20)

# Reading the tests makes millions of objects, and hardly a circle among them.
gc.set_threshold(200_000, 50, 50)

# On few cores the threaded library is many times slower at the sizes that tests fit.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Settings want them; these are worth nothing anywhere else.
os.environ.setdefault("TESSELLE_SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("TESSELLE_ENCRYPTION_KEYS", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")


@dataclass(frozen=True, slots=True)
class _TestServer:
    postgres: EmbeddedPostgres
    path: Path
    started_by: int


_running: list[_TestServer] = []


def ensure_test_database() -> str:
    """The DSN of the run's server; started at the first call, in the first process that asks."""
    if VARIABLE not in os.environ:
        # Not below a 0700 temporary folder: as root the server runs as another user, which must pass.
        path = Path(tempfile.gettempdir()) / f"tesselle-tests-{secrets.token_hex(6)}"
        server = EmbeddedPostgres(DataFolder.open(path), durable=False)
        _running.append(_TestServer(server, path, os.getpid()))
        os.environ[VARIABLE] = server.start()
        # A test that names no folder of its own must not leave its pictures in the tree.
        os.environ.setdefault("TESSELLE_MEDIA", str(path / "media"))
        # For a run that ends before it was configured, on a mistyped option for example.
        atexit.register(stop_test_database)
    return os.environ[VARIABLE]


def stop_test_database() -> None:
    """End the server that this process started, if it did."""
    while _running:
        server = _running.pop()
        # A forked child that leaves through atexit must not end its parent's server.
        if server.started_by == os.getpid():
            os.environ.pop(VARIABLE, None)
            server.postgres.stop()
            shutil.rmtree(server.path)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    # A wrapper comes before every plain hook, pytest-django's included, which imports the settings.
    ensure_test_database()
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Nine thousand tests with all they have imported stay until the end: looking through them for circles, again
    and again, took a tenth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    stop_test_database()


@pytest.fixture(scope="session")
def embedded_database() -> Iterator[str]:
    """The DSN of the run's PostgreSQL."""
    yield ensure_test_database()
