"""What the database would do for a question, told so that no chance can change it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


def keep_only(index: str, table: str) -> None:
    """Until the rollback the table has this one index, and is not read from end to end where that helps.

    What a planner prefers for two dozen rows hangs on chance. With one index and no other way it takes that
    one where the question allows it, and reads the table where not.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off"
        )
        cursor.execute(
            "SELECT i.indexrelid::regclass::text, c.conname FROM pg_index i"
            " LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u')"
            " WHERE i.indrelid = %s::regclass AND i.indexrelid <> %s::regclass",
            [table, index],
        )
        for other, constraint in cursor.fetchall():
            if constraint:
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{constraint}" CASCADE')
            else:
                cursor.execute(f"DROP INDEX {other}")


@contextmanager
def explained() -> Iterator[list[str]]:
    """The lines of the plans of every question asked inside."""
    lines: list[str] = []

    def ask(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        execute(f"EXPLAIN {sql}", params, many, context)
        lines.extend(row[0] for row in context["cursor"].fetchall())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(ask):
        yield lines
