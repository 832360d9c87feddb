"""What a person wrote into the report; all else in it is worked out from what was done."""

from django.db import models
from django.utils import timezone

from tesselle.academy.models.path import Path


class ReportSection(models.Model):
    """`lines`: for each sentence that was changed, by its key: what it said then, and what it says now.

    An empty new wording leaves the sentence out.
    """

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="report_sections")
    key = models.CharField(max_length=30)
    own_words = models.TextField(blank=True)
    lines = models.JSONField(default=dict)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "key"], name="one_text_per_section")]

    def __str__(self) -> str:
        return f"{self.path_id} / {self.key}"
