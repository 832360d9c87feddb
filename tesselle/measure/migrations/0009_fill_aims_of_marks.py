"""Marks that are there get their post's pillar and campaign."""

from django.db import migrations

AIMS = """
UPDATE measure_mark m SET pillar_id = p.pillar_id, campaign_id = p.campaign_id
FROM measure_series s JOIN ledger_delivery d ON d.id = s.delivery_id JOIN compose_post p ON p.id = d.post_id
WHERE m.series_id = s.id AND (p.pillar_id IS NOT NULL OR p.campaign_id IS NOT NULL)
"""


class Migration(migrations.Migration):
    dependencies = [("measure", "0008_aims_of_marks")]

    operations = [migrations.RunSQL(AIMS, migrations.RunSQL.noop, elidable=True)]
