from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("compose", "0006_snippets"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="sent_as",
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
    ]
