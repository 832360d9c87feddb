from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_changes_are_told")]
    operations = [
        migrations.AddField("delivery", "second_copy", models.JSONField(null=True)),
        migrations.AddIndex(
            "delivery",
            models.Index(
                condition=Q(second_copy__isnull=False), fields=["workspace"], name="delivery_second_copy"
            ),
        ),
    ]
