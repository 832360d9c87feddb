"""One row for each thing that was done."""

from django.db import models
from django.db.models.functions import Now


class Entry(models.Model):
    """`verb` is a stable code (`delivery.cancelled`); `params` fill its sentence, never secrets or
    the text of posts. `actor_id` None: the product itself, `actor_name` then says which part."""

    at = models.DateTimeField(db_default=Now())
    workspace_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200, blank=True, db_default="")
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=30, blank=True, db_default="")
    subject_id = models.BigIntegerField(null=True)
    params = models.JSONField(default=dict, db_default={})

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="journal_by_subject"),
            models.Index(fields=["workspace_id", "-id"], name="journal_by_workspace"),
            # The two below leave out what the hot path writes, so that publishing does not pay for them.
            models.Index(
                fields=["workspace_id", "actor_id", "-id"],
                name="journal_by_person",
                condition=models.Q(actor_id__isnull=False),
            ),
            models.Index(
                fields=["workspace_id", "subject_kind", "-id"],
                name="journal_by_kind",
                condition=~models.Q(subject_kind="delivery"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject_kind} {self.subject_id}"
