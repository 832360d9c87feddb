from django.db import migrations, models
from django.db.models import Q

from tesselle.domain.errors import RuleError
from tesselle.vault import secrets


def fill(apps, _schema_editor):
    """Of channels that are signed in already; where it cannot be read, the next sign-in tells."""
    for channel in apps.get_model("channels", "Channel").objects.exclude(sealed_credentials=""):
        try:
            channel.app = secrets.unseal(channel.sealed_credentials).get("client_id", "")
        except (RuleError, ValueError):
            continue
        channel.save(update_fields=["app"])


class Migration(migrations.Migration):
    dependencies = [("channels", "0004_networks_switched_on")]
    operations = [
        migrations.AddField(
            "channel", "app", models.CharField(blank=True, db_default="", default="", max_length=300)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            "channel",
            models.Index(condition=~Q(app=""), fields=["network", "app"], name="channels_of_an_app"),
        ),
    ]
