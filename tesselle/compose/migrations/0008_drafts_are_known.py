from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("compose", "0007_sent_twice")]
    operations = [
        migrations.AddField(
            model_name="post",
            name="planned",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                fields=["workspace", "-created_at", "-id"],
                condition=Q(planned=False, deleted_at__isnull=True),
                name="post_drafts",
            ),
        ),
    ]
