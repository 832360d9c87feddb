from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_each_change_in_the_journal")]
    operations = [
        migrations.AddField("delivery", "second_copy", models.JSONField(null=True)),
        migrations.AddIndex(
            "delivery",
            models.Index(
                condition=Q(second_copy__isnull=False), fields=["workspace"], name="delivery_second_copy"
            ),
        ),
    ]
