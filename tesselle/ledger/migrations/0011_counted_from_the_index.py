"""Deliveries are counted from an index alone, and found by their channel in the order of their days.

The index of the key alone is dropped by its name: where Django alters the field it also drops
`one_sending_per_channel`, which is a unique index on that column with a condition.
"""

import django.db.models.deletion
from django.db import migrations, models

KEY_ALONE = "ledger_delivery_channel_id_77cfc5d1"


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0006_a_channel_s_budget"),
        ("ledger", "0010_drafts_and_answers_are_found"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="delivery", name="delivery_calendar"),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                fields=["workspace", "due_at", "id"],
                include=("purpose", "state", "live_at", "accepted_at", "created_by"),
                name="delivery_calendar",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["channel", "due_at"], name="delivery_of_channel"),
        ),
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    f"DROP INDEX {KEY_ALONE}",
                    f"CREATE INDEX {KEY_ALONE} ON ledger_delivery (channel_id)",
                )
            ],
            [
                migrations.AlterField(
                    model_name="delivery",
                    name="channel",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="channels.channel",
                    ),
                )
            ],
        ),
    ]
