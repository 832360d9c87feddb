"""Links that ask for approval, and what was answered."""

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from tesselle.compose.models import Post, Revision
from tesselle.workspaces.models import User, Workspace


class ReviewLink(models.Model):
    """Whoever holds it may answer for some posts until it ends. Only the hash of its token is kept.

    `name`: to whom it was given; it stands beside each answer.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="review_links")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["workspace", "-made_at"], name="review_link_by_age")]

    def __str__(self) -> str:
        return f"review by {self.name}"


class AskedPost(models.Model):
    """A post that a link asks about, as it stands whenever the link is opened."""

    link = models.ForeignKey(ReviewLink, on_delete=models.CASCADE, related_name="asked")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="asked")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "post"], name="asked_once_by_a_link")]

    def __str__(self) -> str:
        return f"{self.post_id} by {self.link_id}"


class Answer(models.Model):
    """What somebody said of one revision. `who` is kept as written: a link has no account."""

    class Verdict(models.TextChoices):
        YES = "yes", pgettext_lazy("answer", "Yes")
        CHANGE = "change", pgettext_lazy("answer", "Change this")

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="answers")
    verdict = models.CharField(max_length=6, choices=Verdict.choices)
    comment = models.TextField(blank=True)
    who = models.CharField(max_length=150)
    link = models.ForeignKey(ReviewLink, null=True, on_delete=models.SET_NULL, related_name="answers")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["revision", "-id"], name="answers_of_a_revision")]

    def __str__(self) -> str:
        return f"{self.who}: {self.verdict}"
