"""A database whose clock can be set, as an administrator or a time server would.

What the product asks the time of is the database: unqualified `now()` and its kin in SQL. Functions
of these names, in a schema that is searched first, answer in their stead. The workers ask no other
wall clock (tests/contracts/test_wall_clock.py holds them to it).
"""

from datetime import timedelta

from django.db import connection

_INSTALL = """
CREATE SCHEMA IF NOT EXISTS chaos_clock;
CREATE TABLE IF NOT EXISTS chaos_clock.ahead (by interval NOT NULL);
INSERT INTO chaos_clock.ahead SELECT interval '0' WHERE NOT EXISTS (SELECT 1 FROM chaos_clock.ahead);
CREATE OR REPLACE FUNCTION chaos_clock.now() RETURNS timestamptz LANGUAGE sql STABLE AS
  'SELECT pg_catalog.now() + by FROM chaos_clock.ahead';
CREATE OR REPLACE FUNCTION chaos_clock.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE AS
  'SELECT pg_catalog.statement_timestamp() + by FROM chaos_clock.ahead';
"""
SEARCHED = "chaos_clock, pg_catalog, public"


class DatabaseClock:
    def install(self) -> None:
        """For every session that begins from now on, this process's own included."""
        with connection.cursor() as cursor:
            cursor.execute(_INSTALL)
            name = connection.ops.quote_name(connection.settings_dict["NAME"])
            cursor.execute(f"ALTER DATABASE {name} SET search_path TO {SEARCHED}")
        connection.close()

    def set(self, ahead: timedelta) -> None:
        """At once, for everybody; nothing moves what was written before."""
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE chaos_clock.ahead SET by = make_interval(secs => %s)", [ahead.total_seconds()]
            )
