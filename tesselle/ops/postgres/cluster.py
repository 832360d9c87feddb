"""The folder of database files: made once, whole or not at all."""

import os
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tesselle.domain.messages import N_, Message
from tesselle.ops.errors import DatabaseError
from tesselle.ops.postgres.account import ServerAccount
from tesselle.ops.postgres.programs import MAJOR_VERSION, Programs
from tesselle.ops.postgres.trouble import database_error

ROLE = "tesselle"
DATABASE = "tesselle"

# The superuser has no way in at all; ours may own databases and nothing more.
WHO_MAY_ENTER = f"local all {ROLE} scram-sha-256\nlocal all all reject\n"

INITDB_OPTIONS = [
    "--username=postgres",
    "--auth=reject",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
]

# Nothing of the caller's PGDATA, PGOPTIONS or language.
BARE_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


@dataclass(frozen=True, slots=True)
class Cluster:
    """`home` holds the files (`cluster/`) and the password of our role beside them."""

    home: Path

    @property
    def path(self) -> Path:
        return self.home / "cluster"

    @property
    def exists(self) -> bool:
        return (self.path / "PG_VERSION").exists()

    def password(self) -> str:
        return (self.home / "password").read_text().strip()

    def refuse_other_version(self) -> None:
        found = (self.path / "PG_VERSION").read_text().strip()
        if found != MAJOR_VERSION:
            sentence = N_(
                "The database in %(path)s was written by PostgreSQL %(found)s; this release brings "
                "%(ours)s. Go back to the release you had, make a backup, and restore it here."
            )
            params = {"path": str(self.path), "found": found, "ours": MAJOR_VERSION}
            raise DatabaseError(Message(sentence, params))

    def create(self, programs: Programs, account: ServerAccount, *, durable: bool) -> None:
        """Make files, role and database in a draft folder, then give it its name.

        Raises:
            DatabaseError: PostgreSQL's programs failed; the sentence says why.
        """
        draft = self.home / "cluster.new"
        shutil.rmtree(draft, ignore_errors=True)
        try:
            draft.mkdir(mode=0o700)
            account.own(draft)
            password = secrets.token_urlsafe(32)
            _run(_initdb(programs, draft, durable=durable), account, draft)
            _run(_single_user(programs, draft), account, draft, _first_statements(password))
            (draft / "pg_hba.conf").write_text(WHO_MAY_ENTER)
            _write_private(self.home / "password", password + "\n")
            draft.rename(self.path)
            _sync(self.home)
        except OSError as error:
            raise database_error(self.home, str(error)) from error


def _initdb(programs: Programs, draft: Path, *, durable: bool) -> list[str]:
    haste = [] if durable else ["--no-sync"]
    return [str(programs.initdb), f"--pgdata={draft}", *INITDB_OPTIONS, *haste]


def _single_user(programs: Programs, draft: Path) -> list[str]:
    options = ["-c", "password_encryption=scram-sha-256", "-c", "log_min_error_statement=panic"]
    return [
        str(programs.postgres),
        "--single",
        "-D",
        str(draft),
        *options,
        "-c",
        "exit_on_error=on",
        "postgres",
    ]


def _first_statements(password: str) -> str:
    # One statement a line; token_urlsafe has no quote in it.
    return (
        f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}'\nCREATE DATABASE {DATABASE} OWNER {ROLE}\n"
    )


def _run(command: list[str], account: ServerAccount, draft: Path, given: str = "") -> None:
    try:
        done = subprocess.run(  # noqa: S603 - our own programs, words of ours
            command,
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            cwd="/",
            env=BARE_ENVIRONMENT,
            preexec_fn=account.entering(),
        )
    except subprocess.SubprocessError as error:
        raise database_error(draft.parent, str(error)) from error
    if done.returncode != 0:
        raise database_error(draft.parent, done.stdout)


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
