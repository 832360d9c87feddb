"""Worlds that began before take note of answers from now on: what was counted in them stays."""

from django.db import migrations, models

_FROM_NOW_ON = """
UPDATE sandbox_seededworld s SET minds_from = now() + w.clock_shift
FROM workspaces_workspace w WHERE w.id = s.workspace_id
"""


class Migration(migrations.Migration):
    dependencies = [("sandbox", "0007_conclusions")]

    operations = [
        migrations.AddField("seededworld", "minds_from", models.DateTimeField(null=True)),
        migrations.RunSQL(_FROM_NOW_ON, migrations.RunSQL.noop, elidable=True),
    ]
