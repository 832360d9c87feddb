from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # a concurrent index is made outside any transaction

    dependencies = [("journal", "0002_entries_are_told")]

    operations = [
        AddIndexConcurrently(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("actor_id__isnull", False)),
                fields=["workspace_id", "actor_id", "-id"],
                name="journal_by_person",
            ),
        ),
        AddIndexConcurrently(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("subject_kind", "delivery"), _negated=True),
                fields=["workspace_id", "subject_kind", "-id"],
                name="journal_by_kind",
            ),
        ),
    ]
