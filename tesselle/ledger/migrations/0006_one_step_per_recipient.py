from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_steady_clock")]
    operations = [
        migrations.AddField(
            "step", "recipient", models.CharField(blank=True, default="", db_default="", max_length=40)
        ),
        migrations.AddIndex(
            "step",
            models.Index(fields=["recipient"], condition=~Q(recipient=""), name="step_of_recipient"),
        ),
    ]
