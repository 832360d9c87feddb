from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_second_copy")]
    operations = [
        migrations.AddField("attempt", "boot", models.CharField(blank=True, db_default="", max_length=40)),
        migrations.AddField("attempt", "steady_started", models.FloatField(null=True)),
        migrations.AddField("attempt", "steady_deadline", models.FloatField(null=True)),
        migrations.AddField("look", "boot", models.CharField(blank=True, db_default="", max_length=40)),
        migrations.AddField("look", "steady_at", models.FloatField(null=True)),
    ]
