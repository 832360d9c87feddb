"""A first start makes at once what the migrations would have made step by step."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connection

from tesselle.ops.migrating import migrate

pytestmark = [pytest.mark.thorough, pytest.mark.django_db(transaction=True)]

# What PostgreSQL knows of the tables, each as one text column. The place of a column in its table is left
# out: a later migration appends, and nothing reads by place.
SHAPE = """
SELECT concat_ws(' ', 'table', relname, relkind, relpersistence) FROM pg_class
 WHERE relnamespace = 'public'::regnamespace
UNION ALL
SELECT concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
   CASE WHEN a.attnotnull THEN 'not null' END, a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid))
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL
SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL
SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL
SELECT concat_ws(' ', 'migration', app, name) FROM django_migrations
UNION ALL
SELECT concat_ws(' ', 'permission', t.app_label, t.model, p.codename)
  FROM auth_permission p JOIN django_content_type t ON t.id = p.content_type_id
"""

# Django's own: its migrations give this key the size that the settings name, its model the one of its application.
EITHER_SIZE = {f"column auth_group_permissions id {size} not null d " for size in ("integer", "bigint")}


@contextmanager
def empty_database(name: str) -> Iterator[None]:
    """The connection goes to a new database for a while."""
    before = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name}")


def shape() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(SHAPE)
        return {row[0] for row in cursor.fetchall()}


def test_a_first_start_makes_what_all_the_migrations_make() -> None:
    with empty_database("made_at_once"):
        migrate()
        at_once = shape()
    with empty_database("made_step_by_step"):
        call_command("migrate", interactive=False, verbosity=0)
        step_by_step = shape()

    assert len(step_by_step) > 1000
    assert (at_once - step_by_step - EITHER_SIZE, step_by_step - at_once - EITHER_SIZE) == (set(), set())
