"""What others say of a tool, by a link that needs no account."""

from django.db import models
from django.utils import timezone

from tesselle.academy.models.choosing import Tool


class FeedbackLink(models.Model):
    """Only the hash of its token is kept. Several people may answer by one link, until it expires."""

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="feedback_links")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"feedback link for {self.tool_id}"


class Feedback(models.Model):
    """One answer. `answers`: the ten of the questionnaire, empty when it was left out."""

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="feedback")
    link = models.ForeignKey(FeedbackLink, null=True, on_delete=models.SET_NULL, related_name="feedback")
    at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=80)
    liked = models.TextField(blank=True)
    missed = models.TextField(blank=True)
    answers = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.name} on {self.tool_id}"
