from django.db import migrations, models

KINDS = [("comments", "comments"), ("reviews", "reviews"), ("messages", "messages")]
OF_ACCOUNTS_ARE_REVIEWS = "UPDATE engage_conversation SET kind = 'reviews' WHERE delivery_id IS NULL"


class Migration(migrations.Migration):
    """Until now whatever was written to a whole account was a review."""

    dependencies = [("engage", "0002_listening_where_it_is_billed")]
    operations = [
        migrations.AddField(
            "conversation",
            "kind",
            models.CharField(choices=KINDS, db_default="comments", default="comments", max_length=8),
        ),
        migrations.RunSQL(OF_ACCOUNTS_ARE_REVIEWS, migrations.RunSQL.noop, elidable=True),
        migrations.RemoveConstraint("conversation", "one_conversation_per_account"),
        migrations.AddConstraint(
            "conversation",
            models.UniqueConstraint(
                fields=["channel", "kind"],
                condition=models.Q(delivery__isnull=True),
                name="one_conversation_of_a_kind_per_account",
            ),
        ),
        migrations.AddConstraint(
            "conversation",
            models.CheckConstraint(
                condition=models.Q(kind="comments", delivery__isnull=False)
                | (~models.Q(kind="comments") & models.Q(delivery__isnull=True)),
                name="comments_stand_below_a_post",
            ),
        ),
    ]
