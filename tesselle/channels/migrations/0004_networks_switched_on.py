import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0003_sign_ins")]

    operations = [
        migrations.CreateModel(
            name="SwitchedOn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("network", models.CharField(max_length=30, unique=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by_name", models.CharField(max_length=200)),
            ],
        ),
    ]
