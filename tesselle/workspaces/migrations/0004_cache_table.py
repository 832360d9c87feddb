"""The table of the cache (setting CACHES): counts of tries, shared by all processes and machines.

Unlogged: it is written at each sign-in and worth nothing after a crash.
"""

from django.db import migrations

FORWARD = """
CREATE UNLOGGED TABLE IF NOT EXISTS web_cache (
  cache_key varchar(255) NOT NULL PRIMARY KEY,
  value text NOT NULL,
  expires timestamp with time zone NOT NULL
);
CREATE INDEX IF NOT EXISTS web_cache_expires ON web_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("workspaces", "0003_people_invitations_provider")]
    operations = [migrations.RunSQL(FORWARD, "DROP TABLE web_cache")]
