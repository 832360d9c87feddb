"""Bring the database to this release, with a backup first where there is something to lose."""

import logging
from datetime import UTC, datetime

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tesselle.ops.backups.writing import write_backup
from tesselle.ops.data_folder import DataFolder
from tesselle.ops.first_schema import make_tables

logger = logging.getLogger(__name__)

# Two machines started at once: the second waits, then finds nothing to do.
LOCK = 0x7E55E11E


def migrate(folder: DataFolder | None = None) -> None:
    """Without a folder there is nothing worth a backup: a database of a test or a measurement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            _migrate_locked(folder)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _migrate_locked(folder: DataFolder | None) -> None:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return
    if not executor.loader.applied_migrations:
        make_tables(plan)
    else:
        if folder is not None:
            _back_up(folder)
        call_command("migrate", interactive=False, verbosity=0)
    logger.info("migrated steps=%d", len(plan))


def _back_up(folder: DataFolder) -> None:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    path = folder.subfolder("backups") / f"before-migration-{stamp}.tar"
    write_backup(path, media=False)
    logger.info("backup_before_migration path=%s", path)
