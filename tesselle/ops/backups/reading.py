"""A backup put back: checked first, then all of the database or none of it, and sending held."""

import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import connection

from tesselle.domain.messages import N_, Message
from tesselle.ops.backups.archive import unpack_tree, write_out
from tesselle.ops.backups.writing import DUMP
from tesselle.ops.errors import BackupError
from tesselle.ops.postgres.programs import installed_programs

# The schema itself stays: it may belong to whoever made the database.
EMPTY = """
DO $$ DECLARE found record; BEGIN
  FOR found IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP TABLE public.%I CASCADE', found.name);
  END LOOP;
  FOR found IN
    SELECT p.oid::regprocedure AS name FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format('DROP ROUTINE %s CASCADE', found.name);
  END LOOP;
END $$;
"""

# In the same transaction as the rows: a worker never sees one without the other.
HOLD = """
INSERT INTO public.ledger_installation (id, held, held_reason, held_since)
VALUES (1, true, 'restored', now())
ON CONFLICT (id) DO UPDATE SET held = true, held_reason = 'restored', held_since = now();
"""


def restore_backup(path: Path, manifest: Mapping[str, Any], *, replace: bool) -> None:
    """Call it with a verified manifest and with Tesselle stopped.

    Raises:
        BackupError: the database is in use or not empty, or it refused; everything is then as it was.
    """
    _refuse_unless_free(replace)
    media = Path(settings.MEDIA_ROOT)
    fresh = media.with_name(f"{media.name}.restored")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700, parents=True)
    try:
        unpack_tree(path, "media", fresh)
        with tempfile.TemporaryDirectory(dir=fresh.parent, prefix=".restore-") as draft:
            _put_back(path, Path(draft))
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    if manifest["media"]:
        _swap(media, fresh)
    else:
        fresh.rmdir()


def sealed_for_others() -> int:
    """How many channels' sign-ins our keys do not open."""
    from tesselle.channels.models import Channel
    from tesselle.vault import secrets

    lost = 0
    for sealed in Channel.objects.filter(removed_at=None).values_list("sealed_credentials", flat=True):
        try:
            secrets.unseal(sealed)
        except InvalidToken:
            lost += 1
    return lost


def _refuse_unless_free(replace: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_type = 'client backend'"
        )
        if cursor.fetchone()[0] > 1:
            raise BackupError(N_("Others work in this database. Stop Tesselle first, then restore."))
        if _people(cursor) and not replace:
            raise BackupError(
                N_("The database here is not empty. Say --replace if what it holds may be thrown away.")
            )
    # Our own session would keep the tables from being replaced.
    connection.close()


def _people(cursor: Any) -> int:
    cursor.execute("SELECT to_regclass('public.workspaces_user') IS NOT NULL")
    if not cursor.fetchone()[0]:
        return 0
    cursor.execute("SELECT count(*) FROM public.workspaces_user")
    return int(cursor.fetchone()[0])


def _put_back(path: Path, draft: Path) -> None:
    """One transaction: out with the old, in with the backup, sending held."""
    with tarfile.open(path, "r:") as tar:
        write_out(tar, tar.getmember(DUMP), draft / DUMP, within=draft)
    (draft / "empty.sql").write_text(EMPTY)
    (draft / "hold.sql").write_text(HOLD)
    programs = installed_programs()
    rows = draft / "rows.sql"
    _run([str(programs.pg_restore), "--no-owner", "--no-privileges", f"--file={rows}", str(draft / DUMP)])
    _run(
        [
            str(programs.pg_restore.with_name("psql")),
            "--no-psqlrc",
            "--quiet",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
            "--output=/dev/null",
            f"--dbname={settings.ENVIRONMENT.database_url}",
            *(f"--file={draft / name}" for name in ("empty.sql", "rows.sql", "hold.sql")),
        ]
    )


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if done.returncode != 0:
        sentence = N_("The database did not take the backup, and is as it was. It said: %(said)s")
        raise BackupError(Message(sentence, {"said": done.stderr.strip()[-400:] or "-"}))


def _swap(media: Path, fresh: Path) -> None:
    """What was there stays beside it until a person deletes it."""
    if media.exists() and any(media.iterdir()):
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        media.rename(media.with_name(f"{media.name}.before-restore-{stamp}"))
    elif media.exists():
        media.rmdir()
    fresh.rename(media)
