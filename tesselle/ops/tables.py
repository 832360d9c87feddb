"""Whether the database of an installation holds tables, and those of this release."""

from pathlib import Path

from django.db import connection

from tesselle.domain.messages import N_, Message
from tesselle.ops.errors import NotBegunError, OtherTablesError


def not_begun(folder: Path) -> NotBegunError:
    """Nothing was ever started in this folder; names the demo's where it lies below."""
    sentence = N_(
        "There is no installation in %(path)s yet. Start `tesselle up` once, or set TESSELLE_DATA to the folder "
        "that you mean."
    )
    demo = folder / "demo"
    if (demo / "postgres").exists():
        sentence = N_(
            "There is no installation in %(path)s. The demo’s is in %(demo)s: set TESSELLE_DATA to that."
        )
        return NotBegunError(Message(sentence, {"path": str(folder), "demo": str(demo)}))
    return NotBegunError(Message(sentence, {"path": str(folder)}))


def refuse_empty_database(folder: Path) -> None:
    """Raises:
    NotBegunError: no release has made its tables there.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NULL")
        is_empty = cursor.fetchone()[0]
    if is_empty:
        raise not_begun(folder)


def refuse_other_tables() -> None:
    """Raises:
    OtherTablesError: the tables are of an earlier release, or there are none.
    """
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        sentence = N_("The database does not hold the tables of this release yet: start `tesselle up` once.")
        raise OtherTablesError(Message(sentence))
