from django.core.validators import MinValueValidator
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0005_the_application_of_a_channel")]
    operations = [
        migrations.AddField(
            "channel",
            "month_budget",
            models.DecimalField(
                blank=True, decimal_places=2, max_digits=8, null=True, validators=[MinValueValidator(0)]
            ),
        ),
    ]
