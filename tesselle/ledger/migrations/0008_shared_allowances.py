from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_the_clock_of_the_workspace")]
    operations = [
        migrations.CreateModel(
            "Allowance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("network", models.CharField(max_length=30)),
                ("app", models.CharField(max_length=300)),
                ("world", models.BigIntegerField(db_default=0, default=0)),
                ("times", models.BigIntegerField(db_default=0, default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["network", "app", "world"], name="one_allowance_per_application"
                    )
                ]
            },
        ),
    ]
