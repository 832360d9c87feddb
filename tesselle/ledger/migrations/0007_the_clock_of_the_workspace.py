from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_one_step_per_recipient")]
    operations = [
        migrations.AddField("attempt", "shift_started", models.DurationField(null=True)),
        migrations.AddField("attempt", "shift_deadline", models.DurationField(null=True)),
        migrations.AddField("look", "shift", models.DurationField(null=True)),
    ]
