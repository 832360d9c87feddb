"""The environment of an installation that lives in a data folder: keys, folders, database, then Django."""

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cryptography.fernet import Fernet

from tesselle.domain.messages import N_, Message
from tesselle.ops.data_folder import DataFolder
from tesselle.ops.errors import DataFolderError
from tesselle.ops.postgres import EmbeddedPostgres
from tesselle.ops.tables import not_begun, refuse_empty_database

KEYS = "keys.env"
KEY_NAMES = ("TESSELLE_SECRET_KEY", "TESSELLE_ENCRYPTION_KEYS")


def keys_of(folder: DataFolder) -> dict[str, str]:
    """The folder's keys, made once. Losing them loses every saved sign-in at the networks.

    Raises:
        DataFolderError: the file is there but lacks a key; a new one would open nothing.
    """
    path = folder.path / KEYS
    if not path.exists():
        fresh = {KEY_NAMES[0]: secrets.token_urlsafe(50), KEY_NAMES[1]: Fernet.generate_key().decode()}
        write_keys(path, fresh)
    lines = (line.partition("=") for line in path.read_text().splitlines() if "=" in line)
    found = {name: value for name, _, value in lines if value}
    if missing := [name for name in KEY_NAMES if name not in found]:
        sentence = N_(
            "%(path)s does not hold %(name)s. Put the file back from where you keep a copy: "
            "without it the saved sign-ins cannot be read."
        )
        raise DataFolderError(Message(sentence, {"path": str(path), "name": missing[0]}))
    return found


def write_keys(path: Path, keys: Mapping[str, str]) -> None:
    """Whole or not at all, readable by us alone."""
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(descriptor, "".join(f"{name}={value}\n" for name, value in keys.items()).encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    draft.replace(path)


def take_environment(folder: DataFolder) -> None:
    """Fill in what the environment does not say; what it says wins."""
    if any(name not in os.environ for name in KEY_NAMES):
        for name, value in keys_of(folder).items():
            os.environ.setdefault(name, value)
    os.environ.setdefault("TESSELLE_MEDIA", str(folder.subfolder("media")))
    os.environ.setdefault("TESSELLE_DATA", str(folder.path))


def load_django() -> None:
    """Read the settings and the applications; sentences come out in the terminal's language."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tesselle.config.settings")
    django.setup()


@contextmanager
def opened(path: Path | None = None, *, may_be_new: bool = False) -> Iterator[DataFolder]:
    """Django over the installation's database, whether it runs or not; for commands beside `up`.

    A stopped embedded server is started, and stopped again at the end. `may_be_new`: for what begins an
    installation, as a restore does.

    Raises:
        NotBegunError: nothing was ever started here.
    """
    folder = DataFolder.open(path)
    own: EmbeddedPostgres | None = None
    if not os.environ.get("DATABASE_URL"):
        postgres = EmbeddedPostgres(folder)
        if not (may_be_new or postgres.was_made()):
            raise not_begun(folder.path)
        if postgres.is_running():
            os.environ["DATABASE_URL"] = postgres.attach()
        else:
            os.environ["DATABASE_URL"] = postgres.start()
            own = postgres
    try:
        take_environment(folder)
        load_django()
        if not may_be_new:
            refuse_empty_database(folder.path)
        yield folder
    finally:
        if own is not None:
            _close_sessions()
            own.stop()
            del os.environ["DATABASE_URL"]


def _close_sessions() -> None:
    from django.apps import apps
    from django.db import connections

    if apps.ready:
        connections.close_all()
