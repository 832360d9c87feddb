"""The PostgreSQL that comes with Tesselle when DATABASE_URL is not set: takes a data folder, gives a DSN."""

from tesselle.ops.postgres.server import EmbeddedPostgres

__all__ = ["EmbeddedPostgres"]
