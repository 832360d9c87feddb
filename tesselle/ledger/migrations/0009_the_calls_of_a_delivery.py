from django.db import migrations, models

# What is planned already: the parts of a thread and the first comment, as the connectors count them.
WAITING = """
UPDATE ledger_delivery d
SET calls = 1 + jsonb_array_length(coalesce(v.body -> 'parts', '[]'))
          + (coalesce(v.body #>> '{options,first_comment}', '') <> '')::int
FROM compose_variant v
WHERE v.id = d.variant_id AND d.body IS NULL AND d.purpose = 'post'
  AND d.state IN ('planned', 'queued', 'waiting', 'blocked', 'missed')
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0008_shared_allowances")]
    operations = [
        migrations.AddField("delivery", "calls", models.PositiveIntegerField(db_default=1, default=1)),
        migrations.RunSQL(WAITING, migrations.RunSQL.noop, elidable=True),
    ]
